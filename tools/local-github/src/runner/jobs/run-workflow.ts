import type { Conclusion, JobRun, Permissions } from '../../contract';
import type { RunFacts } from '../github-context';
import { NotSupported } from '../not-supported';
import type { RunnerOptions } from '../runner-options';
import { inputsOf } from '../workflow/dispatch-inputs';
import { holds, resolve, toText, type Scope } from '../workflow/evaluate';
import { isObject, type JsonObject, type Node, type NodeObject } from '../workflow/node';
import type { ConcurrencyGroups } from './concurrency';
import { nameOf, unfold } from './matrix';
import {
  beyond,
  defaultPermissions,
  forkPermissions,
  readPermissions,
  within,
} from './permissions';
import { runJob } from './run-job';

/** A workflow that was started, by an event or by a job that calls it. */
export interface StartedWorkflow {
  readonly node: NodeObject;
  readonly inputs: JsonObject;
  /** The most that its jobs may be given; undefined if an event started it. */
  readonly limit?: Permissions;
  /** Comes before the names of its jobs. */
  readonly prefix: string;
  readonly signal: AbortSignal;
}

export interface WorkflowHost {
  readonly options: RunnerOptions;
  readonly facts: RunFacts;
  readonly groups: ConcurrencyGroups;
  /** Reads another workflow file of the same commit. */
  readonly read: (file: string) => Promise<NodeObject>;
}

interface JobEnd {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly runs: readonly JobRun[];
}

const jobKeys = [
  'name',
  'needs',
  'if',
  'runs-on',
  'permissions',
  'strategy',
  'outputs',
  'environment',
  'timeout-minutes',
  'steps',
  'uses',
  'with',
  'env',
];

/** Runs the jobs of a workflow in the order of their needs. @returns what became of each */
export async function runWorkflow(
  host: WorkflowHost,
  workflow: StartedWorkflow,
): Promise<{ conclusion: Conclusion; runs: readonly JobRun[] }> {
  const { node, inputs } = workflow;
  const contexts = contextsOf(host, inputs);
  const setting = concurrencyOf(node['concurrency'], contexts);
  const done = await host.groups.within(setting, async (cancelled) => {
    const signal = AbortSignal.any([workflow.signal, cancelled]);
    return runJobs(host, { ...workflow, signal });
  });
  return done ?? { conclusion: 'cancelled', runs: [] };
}

function contextsOf({ options, facts }: WorkflowHost, inputs: JsonObject): JsonObject {
  const { variables, secrets } = options;
  return {
    vars: variables,
    secrets: facts.fork ? {} : secrets,
    inputs,
    // The parts of `github` that are known before a job has a token.
    github: {
      event: facts.payload,
      event_name: facts.event.kind,
      ref: facts.ref,
      sha: facts.event.sha,
      actor: facts.actor,
      repository: facts.server.repository,
      run_id: String(facts.runId),
    },
  };
}

function concurrencyOf(node: Node | undefined, contexts: JsonObject) {
  if (node === undefined) return { group: undefined, cancelInProgress: false };
  const setting = resolve(node, { contexts });
  if (typeof setting === 'string') return { group: setting, cancelInProgress: false };
  const { group, 'cancel-in-progress': cancel } = setting as JsonObject;
  return { group: toText(group ?? null), cancelInProgress: cancel === true };
}

async function runJobs(
  host: WorkflowHost,
  workflow: StartedWorkflow,
): Promise<{ conclusion: Conclusion; runs: readonly JobRun[] }> {
  const jobs = (isObject(workflow.node['jobs']) ? workflow.node['jobs'] : {}) as NodeObject;
  const ends = new Map<string, Promise<JobEnd>>();
  const start = (id: string): Promise<JobEnd> => {
    const known = ends.get(id);
    if (known) return known;
    const job = jobs[id];
    if (!isObject(job)) throw new Error(`A job needs "${id}", which does not exist.`);
    const unknown = Object.keys(job).find((key) => !jobKeys.includes(key));
    if (unknown) throw new NotSupported(`"${unknown}" of a job`);
    const needs = [job['needs'] ?? []].flat() as string[];
    const end = Promise.all(needs.map(async (need) => [need, await start(need)] as const)).then(
      (needed) => runAll(host, workflow, id, job, Object.fromEntries(needed)),
    );
    ends.set(id, end);
    return end;
  };
  const all = await Promise.all(Object.keys(jobs).map(start));
  return {
    conclusion: conclude(all.map(({ result }) => result)),
    runs: all.flatMap(({ runs }) => runs),
  };
}

/** The conclusion of several jobs; skipped ones count only if all of them were skipped. */
function conclude(results: readonly Conclusion[]): Conclusion {
  const order = ['failure', 'cancelled', 'success'] as const;
  return order.find((each) => results.includes(each)) ?? 'skipped';
}

/** All the jobs that one entry of the file comes to: one, or one for each value of its matrix. */
async function runAll(
  host: WorkflowHost,
  workflow: StartedWorkflow,
  id: string,
  job: NodeObject,
  needed: Readonly<Record<string, JobEnd>>,
): Promise<JobEnd> {
  const base: JsonObject = {
    ...contextsOf(host, workflow.inputs),
    needs: Object.fromEntries(
      Object.entries(needed).map(([name, { result, outputs }]) => [name, { result, outputs }]),
    ),
  };
  const results = Object.values(needed).map(({ result }) => result);
  const scope: Scope = {
    contexts: base,
    functions: {
      success: () => results.every((result) => result === 'success') && !workflow.signal.aborted,
      failure: () => results.includes('failure'),
      cancelled: () => workflow.signal.aborted,
      always: () => true,
    },
  };
  if (!holds(job['if'], scope))
    return { result: 'skipped', outputs: {}, runs: [skippedRun(workflow, id)] };
  const strategy = unfold(
    job['strategy'] === undefined ? undefined : resolve(job['strategy'], scope),
  );
  const failed = new AbortController();
  const pending = [...strategy.combinations];
  const ends: JobEnd[] = [];
  const take = async () => {
    for (let matrix = pending.shift(); matrix; matrix = pending.shift()) {
      const name = workflow.prefix + nameOf(String(job['name'] ?? id), matrix);
      const signal = AbortSignal.any([workflow.signal, failed.signal]);
      const end = signal.aborted
        ? { result: 'cancelled' as const, outputs: {}, runs: [] }
        : await runOne(host, { ...workflow, signal }, job, name, { ...base, matrix, strategy: {} });
      ends.push(end);
      if (end.result === 'failure' && strategy.failFast) failed.abort();
    }
  };
  const workers = Math.min(strategy.maxParallel, strategy.combinations.length);
  await Promise.all(Array.from({ length: workers }, take));
  return {
    result: conclude(ends.map(({ result }) => result)),
    outputs: Object.assign({}, ...ends.map(({ outputs }) => outputs)) as Record<string, string>,
    runs: ends.flatMap(({ runs }) => runs),
  };
}

async function runOne(
  host: WorkflowHost,
  workflow: StartedWorkflow,
  job: NodeObject,
  name: string,
  contexts: JsonObject,
): Promise<JobEnd> {
  const { options, facts } = host;
  const ofFile =
    readPermissions(workflow.node['permissions']) ?? workflow.limit ?? defaultPermissions;
  const asked = readPermissions(job['permissions']) ?? ofFile;
  const excess = workflow.limit ? beyond(asked, workflow.limit) : [];
  if (excess.length > 0)
    throw new Error(`${name} asks for ${excess.join(', ')}, which its caller does not have.`);
  const permissions = facts.fork ? within(asked, forkPermissions) : asked;
  if (job['uses'] !== undefined) return call(host, workflow, job, name, contexts, permissions);
  const defaults = workflow.node['defaults'];
  const shell = isObject(defaults) && isObject(defaults['run']) ? defaults['run']['shell'] : 'bash';
  const run = await runJob(options, facts, {
    name,
    node: job,
    permissions,
    contexts,
    workflowEnv: isObject(workflow.node['env']) ? workflow.node['env'] : {},
    shell: String(shell ?? 'bash'),
    signal: workflow.signal,
  });
  return { result: run.conclusion, outputs: run.outputs, runs: [run] };
}

/** A job that is a workflow of its own. */
async function call(
  host: WorkflowHost,
  { signal }: StartedWorkflow,
  job: NodeObject,
  name: string,
  contexts: JsonObject,
  permissions: Permissions,
): Promise<JobEnd> {
  const file = /^\.\/\.github\/workflows\/([^/]+)$/.exec(String(job['uses']))?.[1];
  if (!file) throw new NotSupported(`calling ${String(job['uses'])}`);
  const node = await host.read(file);
  const given = resolve(job['with'] ?? {}, { contexts }) as JsonObject;
  const { conclusion, runs } = await runWorkflow(host, {
    node,
    inputs: inputsOf(node['on'], 'workflow_call', given),
    limit: permissions,
    prefix: `${name} / `,
    signal,
  });
  return { result: conclusion, outputs: {}, runs };
}

function skippedRun({ prefix }: StartedWorkflow, id: string): JobRun {
  return {
    name: prefix + id,
    conclusion: 'skipped',
    permissions: {},
    steps: [],
    outputs: {},
    summary: '',
    annotations: [],
    log: '',
  };
}
