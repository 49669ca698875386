import { resolve as resolvePath } from 'node:path';
import type { Conclusion } from '../../contract';
import { sparedIf } from '../cancellation';
import { NotSupported } from '../not-supported';
import { holds, resolve, resolveTexts, toText, type Scope } from '../workflow/evaluate';
import { isObject, type JsonObject, type Node, type NodeObject } from '../workflow/node';
import { readComposite } from './composite-action';
import type { JobState, JobStatus } from './job-state';
import { runShell } from './run-shell';
import { runStandIn } from './run-stand-in';
import { scopeOf } from './scope-of';

type StepEnd = {
  readonly outputs: Record<string, string>;
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
};

/** Steps that run one after the other: those of a job, or of a composite action in it. */
export interface StepList {
  readonly steps: readonly Node[];
  readonly inputs: JsonObject;
  /** Of the step that uses the action. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the action. */
  readonly actionPath?: string;
}

/** @returns the `steps` context in the end, and whether one failed */
export async function runSteps(
  job: JobState,
  list: StepList,
): Promise<{ steps: JsonObject; failed: boolean }> {
  const steps: Record<string, StepEnd> = {};
  let failed = false;
  const ofAction = (): JobStatus =>
    job.status === 'cancelled' ? 'cancelled' : failed ? 'failure' : 'success';
  for (const step of list.steps) {
    if (job.killed.aborted) break;
    if (!isObject(step)) throw new Error('A step must be a mapping.');
    const scopeWith = (env: Readonly<Record<string, string>>) =>
      scopeOf(
        job,
        { ...list, steps, env: { ...list.env, ...env } },
        list.actionPath ? ofAction : undefined,
      );
    const startedAt = performance.now();
    const title = titleOf(step, scopeWith({}));
    const end = await runStep(job, step, title, list, scopeWith);
    job.done.push({
      name: title,
      conclusion: end.conclusion,
      seconds: (performance.now() - startedAt) / 1000,
    });
    if (end.conclusion === 'failure') {
      failed = true;
      if (!list.actionPath && job.status === 'success') job.status = 'failure';
    }
    if (typeof step['id'] === 'string') steps[step['id']] = end;
  }
  return { steps, failed };
}

function titleOf(step: NodeObject, scope: Scope): string {
  if (step['name'] !== undefined) return toText(resolve(step['name'], scope));
  if (step['uses'] !== undefined) return `Run ${String(step['uses']).replace(/@.*/, '')}`;
  return `Run ${toText(resolve(step['run'] ?? '', scope)).split('\n')[0] ?? ''}`;
}

async function runStep(
  job: JobState,
  step: NodeObject,
  title: string,
  list: StepList,
  scopeWith: (env: Readonly<Record<string, string>>) => Scope,
): Promise<StepEnd> {
  const before = scopeWith({});
  const env = resolveTexts(isObject(step['env']) ? step['env'] : {}, before);
  const scope = scopeWith(env);
  const spared = sparedIf(() => holds(step['if'], scope), job.signal);
  try {
    if (!holds(step['if'], scope))
      return { outputs: {}, outcome: 'skipped', conclusion: 'skipped' };
    job.log.print(`##[group]${title}`);
    const { ok, outputs } = await runWork(job, step, {
      list,
      scope,
      env: { ...list.env, ...env },
      signal: spared.signal,
    });
    if (spared.signal.aborted) {
      job.log.print('::error::The operation was canceled.');
      return { outputs, outcome: 'cancelled', conclusion: 'cancelled' };
    }
    return ok
      ? { outputs, outcome: 'success', conclusion: 'success' }
      : failure(step, scope, outputs);
  } catch (error) {
    if (error instanceof NotSupported) throw error;
    job.log.print(`::error::${(error as Error).message.replaceAll('\n', '%0A')}`);
    return failure(step, before, {});
  } finally {
    spared.dispose();
  }
}

function failure(step: NodeObject, scope: Scope, outputs: Record<string, string>): StepEnd {
  const tolerated = resolve(step['continue-on-error'] ?? false, scope) === true;
  return { outputs, outcome: 'failure', conclusion: tolerated ? 'success' : 'failure' };
}

interface Work {
  readonly list: StepList;
  readonly scope: Scope;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function runWork(
  job: JobState,
  step: NodeObject,
  { list, scope, env, signal }: Work,
): Promise<{ ok: boolean; outputs: Record<string, string> }> {
  if (step['uses'] === undefined) {
    const { shell, workingDirectory } = list.actionPath ? {} : job.defaults;
    const folder = toText(resolve(step['working-directory'] ?? workingDirectory ?? '', scope));
    const ofAction = list.actionPath ? { GITHUB_ACTION_PATH: list.actionPath } : {};
    const { code, outputs } = await runShell(job, {
      script: toText(resolve(step['run'] ?? '', scope)),
      env: { ...env, ...ofAction },
      folder: resolvePath(job.workspace, folder),
      shell: toText(resolve(step['shell'] ?? shell ?? '', scope)),
      signal,
    });
    if (code !== 0 && !signal.aborted)
      job.log.print(`::error::Process completed with exit code ${code}.`);
    return { ok: code === 0, outputs };
  }
  const uses = String(step['uses']);
  const given = resolveTexts(isObject(step['with']) ? step['with'] : {}, scope);
  if (!uses.startsWith('./')) return runStandIn(job, uses, given, env);
  const { failed } = await runSteps(job, { ...(await readComposite(job, uses, given)), env });
  return { ok: !failed, outputs: {} };
}
