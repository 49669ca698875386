import { isObject, type NodeObject } from '../runner/workflow/node';
import {
  expressionsIn,
  type Finding,
  jobsOf,
  pipelineCall,
  stepsOf,
  type WorkflowFile,
} from './workflow-files';

/** What each verb of the pipeline gives to the steps that follow. */
export type VerbOutputs = Readonly<Record<string, readonly string[]>>;

/** Of the actions in use, those whose outputs are read. */
const actionOutputs: Readonly<Record<string, readonly string[]>> = {
  'actions/cache': ['cache-hit'],
};

/** Whatever is read of steps and jobs is given by them. A name that is not is an empty text at GitHub. */
export function checkOutputs(
  files: readonly WorkflowFile[],
  verbs: VerbOutputs,
): readonly Finding[] {
  return files.flatMap((file) => [
    ...stepReferences(file, verbs),
    ...jobsOf(file).flatMap(([id, job]) => needReferences(file, id, job)),
  ]);
}

function stepReferences(file: WorkflowFile, verbs: VerbOutputs): Finding[] {
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
      .map(([reference]) => ({ path: file.path, message: `Nothing gives ${reference}.` }));
  });
}

function outputsOf(step: NodeObject, verbs: VerbOutputs): readonly string[] {
  const call = pipelineCall(step);
  if (call) return verbs[call.verb] ?? [];
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
    .map(([reference]) => ({ path: file.path, message: `Nothing gives "${id}" ${reference}.` }));
}

/** An `if` is an expression without its braces. */
const conditions = (nodes: readonly NodeObject[]): readonly string[] =>
  nodes.flatMap((node) => (typeof node['if'] === 'string' ? [node['if']] : []));
