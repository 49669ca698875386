import type { Permissions } from '../../contract';
import { NotSupported } from '../not-supported';
import type { JobState } from '../steps/job-state';
import { checkRunsOn } from '../workflow/check-workflow';
import { inputsOf } from '../workflow/dispatch-inputs';
import { resolve, toText } from '../workflow/evaluate';
import {
  isObject,
  mappingOf,
  placeOf,
  type JsonObject,
  type Node,
  type NodeObject,
} from '../workflow/node';
import { inTurn } from './in-turn';
import {
  beyond,
  defaultPermissions,
  forkPermissions,
  readPermissions,
  within,
} from './permissions';
import { neverRun, runJob } from './run-job';
import type { JobEnd, StartedWorkflow, WorkflowHost } from './workflow-host';

export type LegEnd = Omit<JobEnd, 'lineage'>;

/** One job, of those that a matrix comes to. */
export interface Leg {
  readonly id: string;
  readonly node: NodeObject;
  readonly name: string;
  readonly contexts: JsonObject;
}

/** Runs one job, or the workflow that it calls. */
export async function runLeg(
  host: WorkflowHost,
  workflow: StartedWorkflow,
  leg: Leg,
): Promise<LegEnd> {
  const { name, node, contexts } = leg;
  const done = workflow.signal.aborted
    ? undefined
    : await inTurn(host, workflow, node, contexts, (started) => runNow(host, started, leg));
  const result = 'cancelled';
  return done ?? { result, outputs: {}, runs: [{ ...neverRun(name), conclusion: result }] };
}

async function runNow(host: WorkflowHost, workflow: StartedWorkflow, leg: Leg): Promise<LegEnd> {
  const { id, name, node, contexts } = leg;
  const permissions = permissionsOf(host, workflow, leg);
  if (node['uses'] !== undefined) return call(host, workflow, leg, permissions);
  checkRunsOn(toText(resolve(node['runs-on'] ?? '', { contexts })), placeOf(node, 'runs-on'));
  const { workspace, release } = host.checkouts.take();
  const run = await runJob(host.options, host.facts, {
    id,
    name,
    node,
    permissions,
    contexts,
    workflowEnv: isObject(workflow.node['env']) ? workflow.node['env'] : {},
    defaults: { ...defaultsOf(workflow.node, contexts), ...defaultsOf(node, contexts) },
    workspace,
    signal: workflow.signal,
  }).finally(release);
  return { result: run.conclusion, outputs: run.outputs, runs: [run] };
}

function permissionsOf(
  { facts }: WorkflowHost,
  { node, limit }: StartedWorkflow,
  leg: Leg,
): Permissions {
  const ofFile = readPermissions(node['permissions']) ?? limit ?? defaultPermissions;
  const asked = readPermissions(leg.node['permissions']) ?? ofFile;
  const excess = limit ? beyond(asked, limit) : [];
  if (excess.length > 0)
    throw new Error(`${leg.name} asks for ${excess.join(', ')}, which its caller does not have.`);
  return facts.fork ? within(asked, forkPermissions) : asked;
}

/** `defaults.run` of a workflow or of a job. */
function defaultsOf(node: NodeObject, contexts: JsonObject): JobState['defaults'] {
  const run = isObject(node['defaults']) ? node['defaults']['run'] : undefined;
  if (!isObject(run)) return {};
  const text = (value: Node) => String(resolve(value, { contexts }));
  const { shell, 'working-directory': folder } = run;
  return {
    ...(shell === undefined ? {} : { shell: text(shell) }),
    ...(folder === undefined ? {} : { workingDirectory: text(folder) }),
  };
}

async function call(
  host: WorkflowHost,
  { signal, held }: StartedWorkflow,
  { node: job, name, contexts }: Leg,
  limit: Permissions,
): Promise<LegEnd> {
  const file = /^\.\/\.github\/workflows\/([^/]+)$/.exec(String(job['uses']))?.[1];
  if (!file) throw new NotSupported(`calling ${String(job['uses'])}`, placeOf(job, 'uses'));
  const node = await host.read(file);
  const given = mappingOf(resolve(job['with'] ?? {}, { contexts }), 'with');
  const { conclusion, runs, outputs } = await host.start({
    node,
    inputs: inputsOf(node['on'], 'workflow_call', given),
    limit,
    prefix: `${name} / `,
    signal,
    held,
  });
  return { result: conclusion, outputs, runs };
}
