import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Permissions } from '../../contract';
import { githubContext, githubVariables, type RunFacts } from '../github-context';
import type { RunnerOptions } from '../runner-options';
import { trackingVariable } from '../steps/end-orphans';
import { jobLog } from '../steps/job-log';
import type { JobState } from '../steps/job-state';
import { resolveTexts } from '../workflow/evaluate';
import { isObject, mappingOf, type JsonObject, type NodeObject } from '../workflow/node';

/** One job that is about to start, its matrix and needs settled. */
export interface ReadyJob {
  /** Key in the file: `github.job`. */
  readonly id: string;
  /** As shown: `environments (dev) / deploy`. */
  readonly name: string;
  readonly node: NodeObject;
  readonly permissions: Permissions;
  /** needs, matrix, strategy, inputs, vars, secrets: all but what the job itself brings. */
  readonly contexts: JsonObject;
  /** `env` of the workflow. */
  readonly workflowEnv: NodeObject;
  readonly defaults: JobState['defaults'];
  /** Folder of the checkout; made for the job. */
  readonly workspace: string;
  /** Cancels the job. */
  readonly signal: AbortSignal;
}

/** Makes the machine of a job, which has nothing but a checkout to come. */
export async function startJob(
  options: RunnerOptions,
  facts: RunFacts,
  { id, name, node, permissions, contexts, workflowEnv, defaults, workspace }: ReadyJob,
  { token, ...signals }: { token: string; signal: AbortSignal; killed: AbortSignal },
): Promise<JobState> {
  const { workFolder, machine, secrets, onLine } = options;
  const folder = join(workFolder, 'runs', String(facts.runId), name.replace(/[^\w.-]+/g, '_'));
  const temporary = join(folder, 'temp');
  const home = join(folder, 'home');
  for (const part of [workspace, temporary, home]) await mkdir(part, { recursive: true });
  const eventPath = join(folder, 'event.json');
  await writeFile(eventPath, JSON.stringify(facts.payload));
  const log = jobLog((line) => onLine?.({ run: facts.runId, job: name, line }));
  for (const secret of [token, ...Object.values(secrets)]) log.mask(secret);
  const github = githubContext(facts, { job: id, token, workspace });
  const all: JsonObject = {
    ...contexts,
    secrets: { ...mappingOf(contexts['secrets'], 'secrets'), GITHUB_TOKEN: token },
    github,
    runner: { os: 'Linux', arch: 'X64', temp: temporary },
  };
  const ofWorkflow = resolveTexts(workflowEnv, { contexts: all });
  const ofJob = resolveTexts(isObject(node['env']) ? node['env'] : {}, { contexts: all });
  return {
    options,
    facts,
    log,
    ...signals,
    permissions,
    workspace,
    temporary,
    defaults,
    contexts: all,
    machine: { ...machine, HOME: home },
    env: { ...ofWorkflow, ...ofJob },
    ofGitHub: {
      ...githubVariables(github),
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_ACTIONS: 'true',
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_TEMP: temporary,
      [trackingVariable]: `github_${randomUUID()}`,
    },
    path: [],
    done: [],
    posts: [],
    summary: '',
    status: 'success',
  };
}
