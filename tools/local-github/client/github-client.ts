import type { GitHubEvent, JobLine, WorkflowRun } from '../src/contract';
import { CallRefused } from './errors';
import { followRun } from './follow-run';

/** What `local-github.json` in the work folder holds once the embedded GitHub is ready. */
export interface GitHubAddresses {
  /** GitHub's REST API. */
  readonly api: string;
  /** For what people do. */
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
  /** Called with each line that a job of this event prints. */
  readonly onLine?: (line: JobLine) => void;
  /** Cancels the workflows of this event, and rejects with its reason. */
  readonly signal?: AbortSignal;
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
  /** An OIDC token as a job for `subject` gets it, e.g. `environment:dev`: five minutes, for AWS's STS. */
  identityToken(subject: string, actor: string): Promise<string>;
  /** Runs the workflows that an event starts to their ends. @throws WorkflowNotRun */
  fire(event: GitHubEvent, options?: FireOptions): Promise<readonly WorkflowRun[]>;
  /** Any other control call, e.g. `/troubles`; src/up/control.ts lists them. @throws CallRefused */
  control<Answer>(path: string, body: object): Promise<Answer>;
  /** Reads GitHub's API. @param path below the repository, e.g. `/issues` @throws CallRefused */
  read<Answer>(path: string): Promise<Answer>;
}

/** @param signal aborts every call */
export function connectGitHub(addresses: GitHubAddresses, signal?: AbortSignal): GitHubClient {
  const request = async (
    url: string,
    path: string,
    { signal: own, ...init }: { signal?: AbortSignal } & Omit<RequestInit, 'signal'>,
  ): Promise<Response> => {
    const signals = [signal, own].filter((each) => each !== undefined);
    const answer = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.any(signals) });
    if (!answer.ok) throw new CallRefused(path, answer.status, await answer.text());
    return answer;
  };
  const post = (path: string, body: object, own?: AbortSignal): Promise<Response> =>
    request(addresses.control, path, {
      method: 'POST',
      body: JSON.stringify(body),
      ...(own && { signal: own }),
    });
  const control = async <Answer>(path: string, body: object): Promise<Answer> =>
    (await (await post(path, body)).json()) as Answer;
  const issueToken = async (login: string) =>
    (await control<{ token: string }>('/tokens', { login })).token;
  let reader: Promise<string> | undefined;

  return {
    addresses,
    control,
    issueToken,
    identityToken: async (subject, actor) =>
      (await control<{ token: string }>('/identities', { subject, actor })).token,
    openPullRequest: async (pull) =>
      (await control<{ number: number }>('/pull-requests', pull)).number,
    pushToPullRequest: async (number, sha) =>
      void (await post(`/pull-requests/${number}/pushes`, { sha })),
    mergePullRequest: async (number, sha, by) =>
      void (await post(`/pull-requests/${number}/merge`, { sha, by })),
    fire: async (event, { log, onLine, signal: own } = {}) =>
      followRun(await post('/events', event, own), log, onLine),
    async read<Answer>(path: string) {
      reader ??= issueToken('reader');
      const answer = await request(`${addresses.api}/repos/clarity/clarity`, path, {
        headers: { authorization: `Bearer ${await reader}` },
      });
      return (await answer.json()) as Answer;
    },
  };
}
