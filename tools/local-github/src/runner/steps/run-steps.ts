import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conclusion } from '../../contract';
import { standInFor } from '../actions';
import { hashFiles } from '../hash-files';
import { NotSupported } from '../not-supported';
import { holds, resolve, resolveTexts, toText, type Scope } from '../workflow/evaluate';
import { isObject, type JsonObject, type Node, type NodeObject } from '../workflow/node';
import { parseActionYaml } from '../workflow/parse-yaml';
import type { JobState } from './job-state';
import { runShell } from './run-shell';

const stepKeys = [
  'name',
  'id',
  'if',
  'uses',
  'with',
  'run',
  'env',
  'shell',
  'working-directory',
  'continue-on-error',
];

interface StepEnd {
  readonly outputs: Record<string, string>;
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
}

export interface StepList {
  readonly steps: readonly Node[];
  /** `inputs` of an action, or of the workflow. */
  readonly inputs: JsonObject;
}

/**
 * Runs the steps of a job, or of a composite action within it.
 * @returns the `steps` context in the end
 */
export async function runSteps(job: JobState, { steps, inputs }: StepList): Promise<JsonObject> {
  const ends: Record<string, StepEnd> = {};
  const context = () => ends as unknown as JsonObject;
  for (const node of steps) {
    const step = supported(node);
    const scope = scopeOf(job, context(), inputs);
    const startedAt = performance.now();
    const title = titleOf(step, scope);
    const end = await runStep(job, step, scope, title);
    job.done.push({
      name: title,
      conclusion: end.conclusion,
      seconds: (performance.now() - startedAt) / 1000,
    });
    if (end.conclusion === 'failure') job.failed = true;
    if (typeof step['id'] === 'string') ends[step['id']] = end;
  }
  return context();
}

/** What expressions of a step can see. */
export function scopeOf(job: JobState, steps: JsonObject, inputs: JsonObject): Scope {
  const cancelled = () => job.signal.aborted;
  return {
    contexts: { ...job.contexts, steps, inputs, env: job.variables },
    functions: {
      success: () => !job.failed && !cancelled(),
      failure: () => job.failed && !cancelled(),
      always: () => true,
      cancelled,
      hashFiles: (...names) => hashFiles(job.workspace, names),
    },
  };
}

function supported(node: Node): NodeObject {
  if (!isObject(node)) throw new Error('A step must be a mapping.');
  const unknown = Object.keys(node).find((key) => !stepKeys.includes(key));
  if (unknown) throw new NotSupported(`"${unknown}" of a step`);
  return node;
}

function titleOf(step: NodeObject, scope: Scope): string {
  if (step['name'] !== undefined) return toText(resolve(step['name'], scope));
  if (step['uses'] !== undefined) return `Run ${String(step['uses']).replace(/@.*/, '')}`;
  return `Run ${toText(resolve(step['run'] ?? '', scope)).split('\n')[0] ?? ''}`;
}

async function runStep(
  job: JobState,
  step: NodeObject,
  scope: Scope,
  title: string,
): Promise<StepEnd> {
  const skipped = { outputs: {}, outcome: 'skipped', conclusion: 'skipped' } as const;
  if (!holds(step['if'], scope)) return skipped;
  job.log.print(`##[group]${title}`);
  try {
    const env = resolveTexts(isObject(step['env']) ? step['env'] : {}, scope);
    const within = { ...scope, contexts: { ...scope.contexts, env: { ...job.variables, ...env } } };
    const { ok, outputs } =
      step['uses'] === undefined
        ? await runShell(job, {
            script: toText(resolve(step['run'] ?? '', within)),
            env,
            folder: join(job.workspace, toText(resolve(step['working-directory'] ?? '', within))),
            shell: String(step['shell'] ?? job.shell),
          })
        : await runAction(job, step, within, env);
    if (ok) return { outputs, outcome: 'success', conclusion: 'success' };
    if (job.signal.aborted) return { outputs, outcome: 'cancelled', conclusion: 'cancelled' };
    return failure(step, scope, outputs);
  } catch (error) {
    if (error instanceof NotSupported) throw error;
    job.log.print(`::error::${(error as Error).message.replaceAll('\n', '%0A')}`);
    return failure(step, scope, {});
  }
}

function failure(step: NodeObject, scope: Scope, outputs: Record<string, string>): StepEnd {
  const tolerated = resolve(step['continue-on-error'] ?? false, scope) === true;
  return { outputs, outcome: 'failure', conclusion: tolerated ? 'success' : 'failure' };
}

async function runAction(
  job: JobState,
  step: NodeObject,
  scope: Scope,
  env: Readonly<Record<string, string>>,
): Promise<{ ok: boolean; outputs: Record<string, string> }> {
  const uses = String(step['uses']);
  const inputs = resolveTexts(isObject(step['with']) ? step['with'] : {}, scope);
  if (uses.startsWith('./')) return runComposite(job, uses, inputs);
  const { options, facts, workspace, log, permissions, variables } = job;
  const standIn = standInFor(uses);
  const unknown = Object.keys(inputs).find((name) => !standIn.inputs.includes(name));
  if (unknown) throw new NotSupported(`the input "${unknown}" of ${uses}`);
  const {
    outputs = {},
    env: added = {},
    post,
  } = await standIn.run({
    inputs,
    workspace,
    permissions,
    workFolder: options.workFolder,
    repositoryFolder: options.repositoryFolder,
    runId: facts.runId,
    sha: facts.event.sha,
    env: { ...variables, ...env },
    cacheSeeds: options.cacheSeeds ?? {},
    print: log.print,
    mask: log.mask,
  });
  Object.assign(variables, added);
  if (post) job.posts.unshift(post);
  return { ok: true, outputs: { ...outputs } };
}

/** An action of ours, read from the checkout as the real runner does. */
async function runComposite(
  job: JobState,
  uses: string,
  given: Readonly<Record<string, string>>,
): Promise<{ ok: boolean; outputs: Record<string, string> }> {
  const file = join(job.workspace, uses, 'action.yml');
  const action = parseActionYaml(file, await readFile(file, 'utf8'));
  const declared = isObject(action['inputs']) ? action['inputs'] : {};
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown) throw new Error(`Unexpected input "${unknown}" of ${uses}.`);
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [
      name,
      given[name] ?? String((isObject(input) ? input['default'] : undefined) ?? ''),
    ]),
  );
  const runs = action['runs'];
  if (!isObject(runs) || runs['using'] !== 'composite' || !Array.isArray(runs['steps']))
    throw new NotSupported(`${uses}, which is not a composite action`);
  if (action['outputs'] !== undefined) throw new NotSupported('outputs of a composite action');
  const failedBefore = job.failed;
  await runSteps(job, { steps: runs['steps'], inputs });
  return { ok: job.failed === failedBefore, outputs: {} };
}
