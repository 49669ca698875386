import type { Conclusion } from '../../contract';
import { sparedIf } from '../cancellation';
import { holds, resolve, toText, type Scope } from '../workflow/evaluate';
import type { JsonObject, NodeObject } from '../workflow/node';
import { nameOf, strategyContext, unfold } from './matrix';
import { neverRun } from './run-job';
import { runLeg, type LegEnd } from './run-leg';
import { conclude, type JobEnd, type StartedWorkflow, type WorkflowHost } from './workflow-host';

/** One entry of `jobs`, whose needs have ended. */
export interface Entry {
  readonly id: string;
  readonly node: NodeObject;
  /** Of the workflow. */
  readonly contexts: JsonObject;
  readonly needed: readonly (readonly [string, JobEnd])[];
}

/** Runs all the jobs that one entry of the file comes to: one, or one for each value of its matrix. */
export async function runEntry(
  host: WorkflowHost,
  workflow: StartedWorkflow,
  { id, node, contexts, needed }: Entry,
): Promise<JobEnd> {
  const needs = needed.map(([name, { result, outputs }]) => [name, { result, outputs }] as const);
  const ancestors = needed.flatMap(([, { lineage }]) => lineage);
  const scope: Scope = {
    contexts: { ...contexts, needs: Object.fromEntries(needs) },
    functions: statusFunctions(ancestors, workflow.signal),
  };
  const ended = (legs: readonly LegEnd[]): JobEnd => {
    const result = conclude(legs.map((leg) => leg.result));
    return {
      result,
      outputs: Object.fromEntries(legs.flatMap(({ outputs }) => Object.entries(outputs))),
      runs: legs.flatMap(({ runs }) => runs),
      lineage: [...ancestors, result],
    };
  };
  const title = node['name'] ?? id;
  if (!holds(node['if'], scope)) {
    const name = workflow.prefix + (typeof title === 'string' ? title : id);
    return ended([{ result: 'skipped', outputs: {}, runs: [neverRun(name)] }]);
  }
  const strategy = unfold(
    node['strategy'] === undefined ? undefined : resolve(node['strategy'], scope),
  );
  const spared = sparedIf(() => holds(node['if'], scope), workflow.signal);
  const failed = new AbortController();
  const signal = AbortSignal.any([spared.signal, failed.signal]);
  const pending = [...strategy.combinations.entries()];
  const ends: LegEnd[] = [];
  const take = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const [index, matrix] = next;
      const ofLeg = { ...scope.contexts, matrix, strategy: strategyContext(strategy, index) };
      const resolved = toText(resolve(title, { contexts: ofLeg }));
      const name = workflow.prefix + nameOf(title, resolved, matrix);
      const leg = await runLeg(host, { ...workflow, signal }, { id, node, name, contexts: ofLeg });
      ends.push(leg);
      if (leg.result === 'failure' && strategy.failFast) failed.abort();
    }
  };
  const workers = Math.min(strategy.maxParallel, strategy.combinations.length);
  try {
    await Promise.all(Array.from({ length: workers }, take));
  } finally {
    spared.dispose();
  }
  return ended(ends);
}

/**
 * For the condition of a job: `success()` and `failure()` see every ancestor, so that one that was skipped
 * skips the whole chain.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions
 */
function statusFunctions(
  ancestors: readonly Conclusion[],
  signal: AbortSignal,
): NonNullable<Scope['functions']> {
  return {
    success: () => ancestors.every((result) => result === 'success') && !signal.aborted,
    failure: () => ancestors.includes('failure'),
    cancelled: () => signal.aborted,
    always: () => true,
  };
}
