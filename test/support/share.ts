/** How many of `all` fall to one of so many rounds, so that together they are all. */
export const shareOf = (all: number, round: number, rounds: number): number =>
  Math.floor(((round + 1) * all) / rounds) - Math.floor((round * all) / rounds);
