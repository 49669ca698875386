import { isObject, type NodeObject } from '../runner/workflow/node';
import { pipelineCall, type PipelineVerb } from './pipeline-verbs';
import { expressionsIn, type Finding, jobsOf, stepsOf, type WorkflowFile } from './workflow-files';

/** The outputs that are read from actions. */
const actionOutputs: Readonly<Record<string, readonly string[]>> = {
  'actions/cache': ['cache-hit'],
};

/** Steps and jobs give every output that is read from them. GitHub reads an unknown one as empty text. */
export function checkOutputs(
  files: readonly WorkflowFile[],
  verbs: readonly PipelineVerb[],
): readonly Finding[] {
  return files.flatMap((file) => [
    ...stepReferences(file, verbs),
    ...jobsOf(file).flatMap(([id, job]) => needReferences(file, id, job)),
  ]);
}

function stepReferences(file: WorkflowFile, verbs: readonly PipelineVerb[]): Finding[] {
  const jobs = new Map<string, readonly NodeObject[]>();
  for (const { job, step } of stepsOf(file)) jobs.set(job, [...(jobs.get(job) ?? []), step]);
  return [...jobs].flatMap(([job, steps]) => {
    const given = new Map(
      steps.map((step) => [String(step['id'] ?? ''), outputsOf(step, verbs)] as const),
    );
    const whole = job === '' ? file.node : (jobsOf(file).find(([id]) => id === job)?.[1] ?? {});
    const texts = [...expressionsIn(whole), ...conditions(steps)];
    return texts
      .flatMap((text) => [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)])
      .filter(([, id = '', name = '']) => !given.get(id)?.includes(name))
      .map(([reference]) => ({ path: file.path, message: `Nothing sets ${reference}.` }));
  });
}

function outputsOf(step: NodeObject, verbs: readonly PipelineVerb[]): readonly string[] {
  const call = pipelineCall(step, verbs);
  if (call) return Object.keys(call.verb?.outputs ?? {});
  return actionOutputs[String(step['uses'] ?? '').split('@')[0] ?? ''] ?? [];
}

function needReferences(file: WorkflowFile, id: string, job: NodeObject): Finding[] {
  const needs = [job['needs'] ?? []].flat();
  const jobs = new Map(jobsOf(file));
  const texts = [...expressionsIn(job), ...conditions([job])];
  return texts
    .flatMap((text) => [...text.matchAll(/needs\.([\w-]+)\.(?:outputs\.([\w-]+)|result)/g)])
    .filter(([, need = '', name]) => {
      const outputs = jobs.get(need)?.['outputs'];
      const given = name === undefined || (isObject(outputs) && Object.hasOwn(outputs, name));
      return !needs.includes(need) || !given;
    })
    .map(([reference]) => ({
      path: file.path,
      message: `Nothing sets ${reference} for job "${id}".`,
    }));
}

/** An `if` is an expression without its braces. */
const conditions = (nodes: readonly NodeObject[]): readonly string[] =>
  nodes.flatMap((node) => (typeof node['if'] === 'string' ? [node['if']] : []));
