import { isObject, type NodeObject } from '../runner/workflow/node';
import { expressionsIn, type Finding, jobsOf, stepsOf, type WorkflowFile } from './workflow-files';

/** The actions that restore a cache, and the input that keeps them from it. */
const caching: Readonly<Record<string, string | undefined>> = {
  './.github/actions/setup': 'cache',
  'actions/cache': undefined,
  'docker/setup-buildx-action': 'cache-binary',
};

/**
 * Every job of a branch can write a cache, a job with the code of a test as well. What may change AWS runs
 * nothing out of one.
 */
export function checkCaches(files: readonly WorkflowFile[]): readonly Finding[] {
  return files.flatMap((file) =>
    jobsOf(file).flatMap(([id]) => {
      const steps = stepsOf(file).filter(({ job }) => job === id);
      if (!steps.some(({ step }) => mayChangeAws(step))) return [];
      return steps
        .filter(({ step }) => restoresCache(step))
        .map(({ path, step }) => ({
          path,
          message: `Job "${id}" may change AWS and restores a cache: ${String(step['uses'])}.`,
        }));
    }),
  );
}

function mayChangeAws({ uses, with: inputs }: NodeObject): boolean {
  if (!String(uses).startsWith('aws-actions/configure-aws-credentials@')) return false;
  const role = isObject(inputs) ? inputs['role-to-assume'] : undefined;
  return ![...expressionsIn(role), String(role)].some((text) => text.includes('github-plan'));
}

function restoresCache({ uses, with: inputs }: NodeObject): boolean {
  const name = String(uses).split('@')[0] ?? '';
  const input = caching[name];
  const isOff = input !== undefined && isObject(inputs) && inputs[input] === 'false';
  return Object.hasOwn(caching, name) && !isOff;
}
