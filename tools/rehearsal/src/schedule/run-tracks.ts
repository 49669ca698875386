/** Why something was ended that did not fail itself. */
export class Stopped extends Error {
  constructor() {
    super('Stopped, because another scenario failed.');
    this.name = 'Stopped';
  }
}

/**
 * Starts everything as soon as what has to come before it has ended well, so that independent things run
 * at the same time. The first failure stops the rest.
 * @param before for each node, what has to end before it starts
 * @param run its signal aborts when another one failed, or with `interrupted`
 * @throws the first failure, or the reason of an interruption; only after everything has ended
 */
export async function runTracks<Node>(
  before: ReadonlyMap<Node, ReadonlySet<Node>>,
  run: (node: Node, signal: AbortSignal) => Promise<void>,
  interrupted: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([interrupted, failed.signal]);
  const waiting = new Map(before);
  const done = new Set<Node>();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const start = (node: Node) => {
    waiting.delete(node);
    const ended = run(node, signal)
      .then(() => void done.add(node))
      .catch((error: unknown) => {
        failures.push(error);
        failed.abort(new Stopped());
      })
      .finally(() => running.delete(ended));
    running.add(ended);
  };
  for (;;) {
    if (!signal.aborted)
      for (const [node, needed] of waiting)
        if ([...needed].every((each) => done.has(each))) start(node);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  interrupted.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  if (waiting.size > 0) throw new Error('These wait for each other.');
}
