/**
 * Lets works run at most so many at a time; the others wait in the order in which they came.
 *
 * @example
 * const twoAtATime = atMost(2);
 * const pictures = await Promise.all(files.map((file) => twoAtATime(() => draw(file))));
 */
export function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running += 1;
    // Whoever is done hands over their place.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
