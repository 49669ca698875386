/** @returns runs work, at most so many at once, the others in the order in which they came */
export function limited(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waits takes the place over, so that nobody can come in between.
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
