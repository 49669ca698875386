import { getOctokit } from '@actions/github';
import type { Permissions } from '../src/contract';
import type { LocalGitHub } from '../src/server/start-server';

/** The repository, for Octokit. */
export const clarity = { owner: 'clarity', repo: 'clarity' };

/** The client that our pipeline uses, with a job's token. */
export function jobClient(server: LocalGitHub, permissions: Permissions) {
  const token = server.issueToken({ runId: 1, job: 'plan', permissions, actor: 'ada' });
  return { token, ...octokitOf(server, token) };
}

export function personClient(server: LocalGitHub, login: string) {
  return octokitOf(server, server.issuePersonToken(login));
}

function octokitOf(server: LocalGitHub, token: string) {
  const octokit = getOctokit(token, { baseUrl: server.url });
  return { octokit, rest: octokit.rest };
}

/** How a request was refused. */
export async function refusal(request: Promise<unknown>) {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !('status' in error)) throw new Error('It was not refused.');
  const { response } = error as Error & { response?: { headers: Record<string, string> } };
  return { status: error.status, message: error.message, headers: response?.headers ?? {} };
}

export const head = { ref: 'change', sha: 'a'.repeat(40) };
export const base = { ref: 'main', sha: 'b'.repeat(40) };
