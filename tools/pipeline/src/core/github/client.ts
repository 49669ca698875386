import { setTimeout as sleep } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import { PipelineError } from '../../errors';
import type { Reporter } from '../../io/reporter';
import { isRateLimit, waitBeforeRetry, type FailedRequest } from './retry';

type Octokit = ReturnType<typeof getOctokit>;

/** One repository on GitHub. */
export interface GitHub {
  readonly octokit: Octokit;
  readonly repository: { readonly owner: string; readonly repo: string };
}

export interface GitHubOptions {
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
  /** So that tests need not wait. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * The settings that GitHub gives to every job; a person sets the same variables. The token comes from the
 * environment only, because every process of a machine can read arguments.
 * @throws PipelineError `usage` if one is missing
 */
export function githubOptions(
  processEnv: NodeJS.ProcessEnv,
  repository: string | undefined,
): Pick<GitHubOptions, 'token' | 'repository' | 'apiUrl'> {
  const token = processEnv['GITHUB_TOKEN'];
  if (!token)
    throw new PipelineError(
      'usage',
      'GITHUB_TOKEN is not set.',
      'In a workflow: env: GITHUB_TOKEN: ${{ github.token }}. By hand: GITHUB_TOKEN=$(gh auth token).',
    );
  const name = repository ?? processEnv['GITHUB_REPOSITORY'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(name))
    throw new PipelineError(
      'usage',
      `"${name}" is not a repository.`,
      'Give --repository owner/name.',
    );
  return {
    token,
    repository: name,
    apiUrl: processEnv['GITHUB_API_URL'] ?? 'https://api.github.com',
  };
}

/** A client that waits for rate limits, retries failed requests, and explains refusals. */
export function connectGitHub(options: GitHubOptions): GitHub {
  const { token, apiUrl, reporter, signal } = options;
  const wait =
    options.wait ?? ((ms: number) => sleep(ms, undefined, { ...(signal && { signal }) }));
  const octokit = getOctokit(token, { baseUrl: apiUrl.replace(/\/$/, '') });
  octokit.hook.wrap('request', async (request, parameters) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(parameters);
      } catch (error) {
        const failed = asFailedRequest(error);
        if (!failed || signal?.aborted) throw error;
        const ms = waitBeforeRetry(failed, attempt);
        const what = `${parameters.method} ${parameters.url}`;
        if (ms === undefined) throw explained(failed, what, error);
        const why = isRateLimit(failed) ? 'rate limit' : failureText(failed);
        reporter.warn(`GitHub ${why} (${what}); retrying in ${Math.ceil(ms / 1000)} s`);
        await wait(ms);
      }
    }
  });
  const [owner = '', repo = ''] = options.repository.split('/');
  return { octokit, repository: { owner, repo } };
}

/** Whether GitHub answered that the resource does not exist, or no longer exists. */
export function isNotFound(error: unknown): boolean {
  const status = asFailedRequest(error)?.status;
  return status === 404 || status === 410;
}

function asFailedRequest(error: unknown): FailedRequest | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { response, status } = error as Error & {
    status: number;
    response?: { headers?: FailedRequest['headers'] };
  };
  const answered = response !== undefined;
  return { status, answered, message: error.message, headers: response?.headers ?? {} };
}

const failureText = ({ answered, status }: FailedRequest) =>
  answered ? `answered ${status}` : 'could not be reached';

/** The caller handles a 404, as it depends on what was asked for; all else ends the run with one sentence. */
function explained(failed: FailedRequest, what: string, cause: unknown): unknown {
  const { status, answered, message, headers } = failed;
  if (status === 404 || status === 410) return cause;
  const needed = headers['x-accepted-github-permissions'];
  const advice =
    status === 401
      ? 'GITHUB_TOKEN is invalid or has expired.'
      : status === 403 && needed
        ? `The job needs the permission ${needed}.`
        : answered
          ? undefined
          : 'Check the network and GITHUB_API_URL.';
  const text = `GitHub ${failureText(failed)} (${what}): ${message}`;
  return new PipelineError('environment', text, advice, { cause });
}
