import type { GitHubEvent, WorkflowRun } from '../src/contract';
import { followRun, type JobLine } from './follow-run';

/** What `local-github.json` in the work folder holds once the embedded GitHub is ready. */
export interface GitHubAddresses {
  /** GitHub's REST API. */
  readonly api: string;
  /** Where people's actions are reported to it. */
  readonly control: string;
}

export interface NewPullRequest {
  readonly title: string;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
  readonly user: string;
  readonly fork?: boolean;
}

export interface FireOptions {
  /** Everything the jobs print is appended here, each line with its job's name. */
  readonly log?: string;
  readonly onLine?: (line: JobLine) => void;
}

/** What people and the clock do at the embedded GitHub, and its API as a reader sees it. */
export interface GitHubClient {
  readonly addresses: GitHubAddresses;
  /** @returns its number */
  openPullRequest(pull: NewPullRequest): Promise<number>;
  pushToPullRequest(number: number, sha: string): Promise<void>;
  mergePullRequest(number: number, sha: string, by: string): Promise<void>;
  /** A token for GitHub's API that acts as `login`. */
  issueToken(login: string): Promise<string>;
  /** Runs the workflows that an event starts to their ends. @throws Error if one cannot be run */
  fire(event: GitHubEvent, options?: FireOptions): Promise<readonly WorkflowRun[]>;
  /** Any other control call, e.g. `/troubles`; src/up/control.ts lists them. @throws Error unless it is answered 2xx */
  control<Answer>(path: string, body: object): Promise<Answer>;
  /** Reads GitHub's API. @param path below the repository, e.g. `/issues` */
  read<Answer>(path: string): Promise<Answer>;
}

/** @param signal gives up every call */
export function connectGitHub(addresses: GitHubAddresses, signal?: AbortSignal): GitHubClient {
  const options = signal === undefined ? {} : { signal };
  const post = async (path: string, body: object): Promise<Response> => {
    const answer = await fetch(`${addresses.control}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      ...options,
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer;
  };
  const control = async <Answer>(path: string, body: object): Promise<Answer> =>
    (await (await post(path, body)).json()) as Answer;
  const issueToken = async (login: string) =>
    (await control<{ token: string }>('/tokens', { login })).token;
  let reader: Promise<string> | undefined;

  return {
    addresses,
    control,
    issueToken,
    openPullRequest: async (pull) =>
      (await control<{ number: number }>('/pull-requests', pull)).number,
    pushToPullRequest: async (number, sha) =>
      void (await post(`/pull-requests/${number}/pushes`, { sha })),
    mergePullRequest: async (number, sha, by) =>
      void (await post(`/pull-requests/${number}/merge`, { sha, by })),
    fire: async (event, { log, onLine } = {}) =>
      followRun(await post('/events', event), log, onLine),
    async read<Answer>(path: string) {
      reader ??= issueToken('reader');
      const answer = await fetch(`${addresses.api}/repos/clarity/clarity${path}`, {
        headers: { authorization: `Bearer ${await reader}` },
        ...options,
      });
      if (!answer.ok) throw new Error(`${path} was answered ${answer.status}.`);
      return (await answer.json()) as Answer;
    },
  };
}
