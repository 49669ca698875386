import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import type { Conclusion, JobRun, Permissions } from '../../contract';
import { githubContext, githubVariables, type RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import { jobLog } from '../steps/job-log';
import type { JobState } from '../steps/job-state';
import { runSteps, scopeOf } from '../steps/run-steps';
import { resolve, resolveTexts, toText } from '../workflow/evaluate';
import { isObject, type JsonObject, type NodeObject } from '../workflow/node';

/** One job that is about to start, its matrix and needs settled. */
export interface ReadyJob {
  readonly name: string;
  readonly node: NodeObject;
  readonly permissions: Permissions;
  /** needs, matrix, inputs, vars, secrets: all but what the job itself brings. */
  readonly contexts: JsonObject;
  /** `env` of the workflow. */
  readonly workflowEnv: NodeObject;
  readonly shell: string;
  readonly signal: AbortSignal;
}

const defaultTimeoutMinutes = 360;

/** Runs a job on a machine that has nothing but a checkout to come. */
export async function runJob(
  options: RunnerOptions,
  facts: RunFacts,
  ready: ReadyJob,
): Promise<JobRun> {
  const { name, node, permissions } = ready;
  const { server } = options;
  const timeout = new AbortController();
  const minutes = Number(node['timeout-minutes'] ?? defaultTimeoutMinutes);
  const timer = setTimeout(() => timeout.abort(), minutes * 60_000);
  const token = server.issueToken({
    runId: facts.runId,
    job: name,
    permissions,
    actor: facts.actor,
  });
  const signal = AbortSignal.any([ready.signal, timeout.signal]);
  const job = await startJob(options, facts, ready, { token, signal });
  const environment = environmentOf(job, node);
  try {
    if (environment && !(await options.approve(environment.name)))
      return { ...end(job, name), conclusion: 'failure', outputs: {}, environment };
    const subject = environment
      ? `environment:${environment.name}`
      : facts.event.kind === 'pull_request'
        ? 'pull_request'
        : `ref:${facts.ref}`;
    if (permissions['id-token'] === 'write')
      Object.assign(job.variables, server.oidcVariables(token, subject));
    const deployment = environment && {
      environment: environment.name,
      sha: facts.event.sha,
      runId: facts.runId,
    };
    if (deployment) server.recordDeployment({ ...deployment, state: 'in_progress' });
    const inputs = (job.contexts['inputs'] ?? {}) as JsonObject;
    const steps = await runSteps(job, { steps: stepsOf(node), inputs });
    if (!job.failed && !signal.aborted) for (const post of job.posts) await post();
    if (timeout.signal.aborted)
      job.log.print(`::error::The job has exceeded its ${minutes} minutes.`);

    const scope = scopeOf(job, steps, inputs);
    const url = environmentUrl(node, scope);
    const run = end(job, name);
    if (deployment)
      server.recordDeployment({
        ...deployment,
        state: run.conclusion === 'success' ? 'success' : 'failure',
        ...(url ? { url } : {}),
      });
    const outputs = isObject(node['outputs']) ? resolveTexts(node['outputs'], scope) : {};
    return {
      ...run,
      outputs,
      ...(environment ? { environment: { ...environment, ...(url ? { url } : {}) } } : {}),
    };
  } finally {
    clearTimeout(timer);
    server.revokeToken(token);
    // The machine is thrown away; with its packages a checkout is too large to be kept.
    await runProgram('rm', ['-rf', job.workspace], { cwd: '/' });
  }
}

const stepsOf = (node: NodeObject) => (Array.isArray(node['steps']) ? node['steps'] : []);

async function startJob(
  options: RunnerOptions,
  facts: RunFacts,
  { name, node, permissions, contexts, workflowEnv, shell }: ReadyJob,
  { token, signal }: { token: string; signal: AbortSignal },
): Promise<JobState> {
  const { workFolder, machine, secrets, onLine } = options;
  const folder = join(workFolder, 'runs', String(facts.runId), name.replace(/[^\w.-]+/g, '_'));
  const [workspace, temporary, home] = ['workspace', 'temp', 'home'].map((part) =>
    join(folder, part),
  ) as [string, string, string];
  for (const part of [workspace, temporary, home]) await mkdir(part, { recursive: true });
  const eventPath = join(folder, 'event.json');
  await writeFile(eventPath, JSON.stringify(facts.payload));
  const log = jobLog((line) => onLine?.({ run: facts.runId, job: name, line }));
  for (const secret of [token, ...Object.values(secrets)]) log.mask(secret);
  const github = githubContext(facts, { job: name, token, workspace });
  const all: JsonObject = {
    ...contexts,
    github,
    runner: { os: 'Linux', arch: 'X64', temp: temporary },
    job: { status: 'success' },
  };
  const base = {
    ...machine,
    ...githubVariables(github),
    CI: 'true',
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_ACTIONS: 'true',
    HOME: home,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_TEMP: temporary,
  };
  const ofWorkflow = resolveTexts(workflowEnv, { contexts: { ...all, env: {} } });
  const jobEnv = isObject(node['env']) ? node['env'] : {};
  const ofJob = resolveTexts(jobEnv, { contexts: { ...all, env: ofWorkflow } });
  return {
    options,
    facts,
    log,
    signal,
    permissions,
    workspace,
    temporary,
    shell,
    contexts: all,
    variables: { ...base, ...ofWorkflow, ...ofJob },
    path: [],
    done: [],
    posts: [],
    summary: '',
    failed: false,
  };
}

function environmentOf(job: JobState, node: NodeObject): { name: string } | undefined {
  const environment = node['environment'];
  if (environment === undefined) return undefined;
  const name = isObject(environment) ? environment['name'] : environment;
  return { name: toText(resolve(name ?? '', { contexts: job.contexts })) };
}

function environmentUrl(node: NodeObject, scope: ReturnType<typeof scopeOf>): string {
  const environment = node['environment'];
  const url = isObject(environment) ? environment['url'] : undefined;
  return url === undefined ? '' : toText(resolve(url, scope));
}

function end(job: JobState, name: string): Omit<JobRun, 'environment' | 'outputs'> {
  const conclusion: Conclusion = job.failed
    ? 'failure'
    : job.signal.aborted
      ? 'cancelled'
      : 'success';
  return {
    name,
    conclusion,
    permissions: job.permissions,
    steps: job.done,
    summary: job.log.masked(job.summary),
    annotations: job.log.annotations,
    log: job.log.text(),
  };
}
