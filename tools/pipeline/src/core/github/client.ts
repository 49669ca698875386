import { setTimeout as sleep } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import { PipelineError } from '../errors';
import type { Reporter } from '../../io/reporter';
import { isRateLimit, waitBeforeRetry, type FailedRequest } from './retry';

type Octokit = ReturnType<typeof getOctokit>;

/** GitHub, as one repository of it. */
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
  /** Tests wait in no time. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * The settings that GitHub gives every job; by hand they are set the same way.
 * @throws PipelineError `usage` where one is missing. The token comes from the environment only:
 *   arguments are seen by every process of a machine.
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
      `"${name}" is no repository.`,
      'Give --repository owner/name.',
    );
  return {
    token,
    repository: name,
    apiUrl: processEnv['GITHUB_API_URL'] ?? 'https://api.github.com',
  };
}

/** A client that waits when GitHub says so, tries again what GitHub failed at, and explains refusals. */
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
        const why = isRateLimit(failed) ? 'limits us' : outcomeOf(failed);
        reporter.warn(`GitHub ${why} (${what}); again in ${Math.ceil(ms / 1000)} s`);
        await wait(ms);
      }
    }
  });
  const [owner = '', repo = ''] = options.repository.split('/');
  return { octokit, repository: { owner, repo } };
}

/** Did GitHub answer that there is no such thing (any more)? */
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

const outcomeOf = ({ answered, status }: FailedRequest) =>
  answered ? `answered ${status}` : 'could not be reached';

/** A 404 is left to the caller, who knows what it looked for; the rest ends the run with a sentence. */
function explained(failed: FailedRequest, what: string, cause: unknown): unknown {
  const { status, answered, message, headers } = failed;
  if (status === 404 || status === 410) return cause;
  const needed = headers['x-accepted-github-permissions'];
  const advice =
    status === 401
      ? 'GITHUB_TOKEN is not valid, or no longer.'
      : status === 403 && needed
        ? `The job needs the permission ${needed}.`
        : answered
          ? undefined
          : 'See whether the network, or GITHUB_API_URL, is what it should be.';
  const text = `GitHub ${outcomeOf(failed)} (${what}): ${message}`;
  return new PipelineError('environment', text, advice, { cause });
}
