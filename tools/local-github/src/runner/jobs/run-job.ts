import { runProgram } from '@clarity/host';
import type { JobRun } from '../../contract';
import type { RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import { endOrphans, trackingVariable } from '../steps/end-orphans';
import type { JobState } from '../steps/job-state';
import { runSteps } from '../steps/run-steps';
import { scopeOf } from '../steps/scope-of';
import { resolve, resolveTexts } from '../workflow/evaluate';
import { isObject, mappingOf } from '../workflow/node';
import { deadline } from './deadline';
import { environmentOf, environmentUrl, keptOut, subjectOf } from './job-environment';
import { startJob, type ReadyJob } from './start-job';

const defaultTimeoutMinutes = 360;

/** Runs a job, once its environment lets it start, and throws its machine away. */
export async function runJob(
  options: RunnerOptions,
  facts: RunFacts,
  ready: ReadyJob,
): Promise<JobRun> {
  const { name, node, permissions, contexts } = ready;
  const environment = environmentOf(node, { contexts });
  if (environment) {
    const end = await keptOut(options, facts, environment.name, ready.signal);
    if (end) return { ...neverRun(name), permissions, environment, ...end };
  }
  const token = options.server.issueToken({
    runId: facts.runId,
    job: name,
    permissions,
    actor: facts.actor,
  });
  const minutes = Number(resolve(node['timeout-minutes'] ?? defaultTimeoutMinutes, { contexts }));
  const ends = deadline(minutes, ready.signal, options.minuteMs ?? 60_000);
  const job = await startJob(options, facts, ready, { token, ...ends });
  try {
    return await runOn(job, ready, { token, environment }, ends.expired);
  } finally {
    ends.dispose();
    options.server.revokeToken(token);
    // The machine is thrown away; with its packages a checkout is too large to be kept.
    await runProgram('rm', ['-rf', job.workspace], { cwd: '/' });
  }
}

async function runOn(
  job: JobState,
  { name, node, permissions }: ReadyJob,
  { token, environment }: { token: string; environment: { name: string } | undefined },
  expired: () => boolean,
): Promise<JobRun> {
  const { facts } = job;
  const { server } = job.options;
  if (permissions['id-token'] === 'write')
    Object.assign(job.ofGitHub, server.oidcVariables(token, subjectOf(facts, environment)));
  const deployment = environment && {
    environment: environment.name,
    sha: facts.event.sha,
    runId: facts.runId,
  };
  if (deployment) server.recordDeployment({ ...deployment, state: 'in_progress' });
  const cancel = () => void (job.status = 'cancelled');
  job.signal.addEventListener('abort', cancel, { once: true });
  if (job.signal.aborted) cancel();
  const inputs = mappingOf(job.contexts['inputs'], 'inputs');
  const list = Array.isArray(node['steps']) ? node['steps'] : [];
  const { steps } = await runSteps(job, { steps: list, inputs, env: {} });
  if (job.status === 'success') for (const post of job.posts) await post();
  job.signal.removeEventListener('abort', cancel);
  if (expired()) job.log.print('::error::The job has exceeded its maximum execution time.');
  for (const pid of await endOrphans(job.ofGitHub[trackingVariable] ?? ''))
    job.log.print(`Terminate orphan process: pid (${pid})`);

  const scope = scopeOf(job, { steps, inputs, env: {} });
  const url = withoutSecret(job, environmentUrl(node, scope), 'environment url');
  const outputs = isObject(node['outputs']) ? resolveTexts(node['outputs'], scope) : {};
  const kept = Object.entries(outputs).filter(([key, value]) =>
    withoutSecret(job, value, `output '${key}'`),
  );
  if (deployment)
    server.recordDeployment({
      ...deployment,
      state: job.status === 'success' ? 'success' : 'failure',
      ...(url ? { url } : {}),
    });
  return {
    name,
    conclusion: job.status,
    permissions,
    ...(environment ? { environment: { ...environment, ...(url ? { url } : {}) } } : {}),
    steps: job.done,
    outputs: Object.fromEntries(kept),
    summary: job.log.masked(job.summary),
    annotations: job.log.annotations,
    log: job.log.text(),
  };
}

/** GitHub drops what is masked in the log, because others would read it. */
function withoutSecret({ log }: JobState, value: string, what: string): string {
  if (log.masked(value) === value) return value;
  log.print(`::warning::Skip ${what} since it may contain secret.`);
  return '';
}

/** A job without any step: skipped, or not let in. */
export function neverRun(name: string): JobRun {
  return {
    name,
    conclusion: 'skipped',
    permissions: {},
    steps: [],
    outputs: {},
    summary: '',
    annotations: [],
    log: '',
  };
}
