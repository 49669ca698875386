import type { JobRun } from '../../contract';
import type { RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import { resolve, toText, type Scope } from '../workflow/evaluate';
import { isObject, type NodeObject } from '../workflow/node';

/**
 * Asks an environment's protection whether a job may start: its branch first, then a person.
 * @returns how a job that may not start ends
 */
export async function keptOut(
  options: RunnerOptions,
  { ref }: RunFacts,
  environment: string,
  signal: AbortSignal,
): Promise<Pick<JobRun, 'conclusion' | 'annotations'> | undefined> {
  if (!options.server.admits(environment, ref)) {
    const branch = ref.replace(/^refs\/heads\//, '');
    // GitHub's words.
    const message = `Branch "${branch}" is not allowed to deploy to ${environment} due to environment protection rules.`;
    return { conclusion: 'failure', annotations: [{ level: 'error', message }] };
  }
  const decision = await approval(options, environment, signal);
  if (decision === 'approved') return undefined;
  return { conclusion: decision === 'cancelled' ? 'cancelled' : 'failure', annotations: [] };
}

/** Waits for a person's decision, unless the job is cancelled before. */
async function approval(
  { approve }: RunnerOptions,
  environment: string,
  signal: AbortSignal,
): Promise<'approved' | 'rejected' | 'cancelled'> {
  const cancelled = new Promise<'cancelled'>((done) => {
    if (signal.aborted) done('cancelled');
    signal.addEventListener('abort', () => done('cancelled'), { once: true });
  });
  const decided = approve(environment).then((yes) => (yes ? 'approved' : 'rejected'));
  return Promise.race([decided, cancelled]);
}

/** What a role's trust policy compares. */
export function subjectOf(facts: RunFacts, environment: { name: string } | undefined): string {
  if (environment) return `environment:${environment.name}`;
  return facts.event.kind === 'pull_request' ? 'pull_request' : `ref:${facts.ref}`;
}

/** `environment` of a job. */
export function environmentOf(node: NodeObject, scope: Scope): { name: string } | undefined {
  const environment = node['environment'];
  if (environment === undefined) return undefined;
  const name = isObject(environment) ? environment['name'] : environment;
  return { name: toText(resolve(name ?? '', scope)) };
}

/** Empty if there is none. */
export function environmentUrl(node: NodeObject, scope: Scope): string {
  const environment = node['environment'];
  const url = isObject(environment) ? environment['url'] : undefined;
  return url === undefined ? '' : toText(resolve(url, scope));
}
