/** Gives one thing after another to the same person, in the order of asking; different people's side by side. */
export type Turns = <T>(user: string, give: () => Promise<T>) => Promise<T>;

/** What is taken at once is answered in its turn all the same: two answers side by side would overtake each other. */
export function turnsOf(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (user, give) => {
    const turn = (last.get(user) ?? Promise.resolve()).then(give);
    const over = turn
      .catch(() => undefined)
      .finally(() => {
        if (last.get(user) === over) last.delete(user);
      });
    last.set(user, over);
    return turn;
  };
}
