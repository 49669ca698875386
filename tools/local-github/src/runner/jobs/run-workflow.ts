import { githubOfRun } from '../github-context';
import { resolveTexts } from '../workflow/evaluate';
import { isObject, type JsonObject, type Node, type NodeObject } from '../workflow/node';
import { inTurn } from './in-turn';
import { runEntry } from './run-entry';
import {
  conclude,
  type JobEnd,
  type StartedWorkflow,
  type WorkflowEnd,
  type WorkflowHost,
} from './workflow-host';

/** Runs the jobs of a workflow in the order of their needs. @returns what became of each */
export async function runWorkflow(
  host: WorkflowHost,
  workflow: StartedWorkflow,
): Promise<WorkflowEnd> {
  const contexts = contextsOf(host, workflow);
  const done = await inTurn(host, workflow, workflow.node, contexts, (started) =>
    runJobs(host, started, contexts),
  );
  return done ?? { conclusion: 'cancelled', runs: [], outputs: {} };
}

function contextsOf(
  { options, facts }: WorkflowHost,
  { inputs, limit }: StartedWorkflow,
): JsonObject {
  const called = limit !== undefined;
  return {
    vars: options.variables,
    // A called workflow has what its caller passes on, which is not supported.
    secrets: facts.fork || called ? {} : options.secrets,
    inputs,
    github: githubOfRun(facts),
  };
}

async function runJobs(
  host: WorkflowHost,
  workflow: StartedWorkflow,
  contexts: JsonObject,
): Promise<WorkflowEnd> {
  const jobs: NodeObject = isObject(workflow.node['jobs']) ? workflow.node['jobs'] : {};
  const ends = new Map<string, Promise<JobEnd>>();
  const start = (id: string): Promise<JobEnd> => {
    const known = ends.get(id);
    if (known) return known;
    const node = jobs[id];
    if (!isObject(node)) throw new Error(`A job needs "${id}", which does not exist.`);
    const needs = [node['needs'] ?? []].flat().map(String);
    const end = Promise.all(needs.map(async (need) => [need, await start(need)] as const)).then(
      (needed) => runEntry(host, workflow, { id, node, contexts, needed }),
    );
    ends.set(id, end);
    return end;
  };
  const all = await Promise.all(
    Object.keys(jobs).map(async (id) => [id, await start(id)] as const),
  );
  const results = all.map(([id, { result, outputs }]) => [id, { result, outputs }] as const);
  return {
    conclusion: conclude(all.map(([, { result }]) => result)),
    runs: all.flatMap(([, { runs }]) => runs),
    outputs: outputsOfCall(workflow.node, { ...contexts, jobs: Object.fromEntries(results) }),
  };
}

/** `outputs` of `workflow_call`. */
function outputsOfCall({ on }: NodeObject, contexts: JsonObject): Record<string, string> {
  const call = isObject(on) ? on['workflow_call'] : undefined;
  const declared = isObject(call) && isObject(call['outputs']) ? call['outputs'] : {};
  const values = Object.entries(declared).map(([name, output]): [string, Node] => [
    name,
    isObject(output) ? (output['value'] ?? '') : '',
  ]);
  return resolveTexts(Object.fromEntries(values), { contexts });
}
