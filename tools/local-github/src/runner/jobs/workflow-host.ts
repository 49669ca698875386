import type { Conclusion, JobRun, Permissions } from '../../contract';
import type { RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import type { JsonObject, NodeObject } from '../workflow/node';
import type { Checkouts } from './checkouts';
import type { ConcurrencyGroups } from './concurrency';

/** A workflow that was started, by an event or by a job that calls it. */
export interface StartedWorkflow {
  readonly node: NodeObject;
  readonly inputs: JsonObject;
  /** The most that its jobs may be given; undefined if an event started it. */
  readonly limit?: Permissions;
  /** Comes before the names of its jobs. */
  readonly prefix: string;
  /** Cancels the jobs whose condition does not ask for more. */
  readonly signal: AbortSignal;
  /** The concurrency groups in which it and its callers are, in lower case. */
  readonly held: readonly string[];
}

export interface WorkflowEnd {
  readonly conclusion: Conclusion;
  readonly runs: readonly JobRun[];
  /** Of `workflow_call`. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface WorkflowHost {
  readonly options: RunnerOptions;
  readonly facts: RunFacts;
  readonly groups: ConcurrencyGroups;
  readonly checkouts: Checkouts;
  /** Reads another workflow file of the same commit. */
  readonly read: (file: string) => Promise<NodeObject>;
  /** Runs a workflow that a job calls. */
  readonly start: (workflow: StartedWorkflow) => Promise<WorkflowEnd>;
}

/** What one entry of `jobs` came to. */
export interface JobEnd {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly runs: readonly JobRun[];
  /** Its result and those of all jobs that it waited for, however far away. */
  readonly lineage: readonly Conclusion[];
}

/** The conclusion of several jobs; skipped ones count only if all of them were skipped. */
export function conclude(results: readonly Conclusion[]): Conclusion {
  const order = ['failure', 'cancelled', 'success'] as const;
  return order.find((each) => results.includes(each)) ?? 'skipped';
}
