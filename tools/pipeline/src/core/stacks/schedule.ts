import { PipelineError } from '../../errors';

/** A plan starts its provider on one core, then waits for AWS: one more than most runners have cores. */
export const planConcurrency = 3;

interface Node {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Runs `work` for every node, after its dependencies, as many at once as `concurrency` allows.
 * After a failure nothing new starts, and running work is awaited.
 * Dependencies outside `nodes` count as done.
 * @returns the results by name
 * @throws the first failure; PipelineError for a cycle
 */
export async function inDependencyOrder<N extends Node, Result>(
  nodes: readonly N[],
  concurrency: number,
  work: (node: N, done: ReadonlyMap<string, Result>) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> {
  const waiting = new Map(nodes.map((node) => [node.name, node]));
  const running = new Set<Promise<void>>();
  const done = new Map<string, Result>();
  const failures: unknown[] = [];

  const isReady = (node: N) =>
    node.dependencies.every(
      (name) => done.has(name) || !nodes.some((other) => other.name === name),
    );

  while (waiting.size > 0 || running.size > 0) {
    for (const node of [...waiting.values()].filter(isReady)) {
      if (failures.length > 0 || running.size >= concurrency) break;
      waiting.delete(node.name);
      const task = work(node, done)
        .then((result) => void done.set(node.name, result))
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(task));
      running.add(task);
    }
    if (running.size > 0) await Promise.race(running);
    else if (failures.length > 0) break;
    else if (waiting.size > 0)
      throw new PipelineError(
        'unexpected',
        `These depend on each other: ${[...waiting.keys()].join(', ')}.`,
      );
  }
  if (failures.length > 0) throw failures[0];
  return done;
}
