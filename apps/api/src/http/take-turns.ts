/** Runs a piece of work when its turn comes. */
export type Turns = <Result>(work: () => Result) => Promise<Result>;

/**
 * Large pieces of synchronous work, one for each turn of the event loop: between two of them, and
 * between what their callers do right after them, everything else gets its chance.
 */
export function takeTurns(): Turns {
  let lastTurn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = lastTurn.then(work);
    lastTurn = result.then(nextTurn, nextTurn);
    return result;
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
