import type { GitHubEvent, GitHubServer } from '../contract';
import type { JsonObject } from './workflow/node';

/** A run, as far as expressions and steps can see it. */
export interface RunFacts {
  readonly runId: number;
  readonly workflow: string;
  readonly event: GitHubEvent;
  readonly server: GitHubServer;
  readonly actor: string;
  readonly ref: string;
  readonly fork: boolean;
  /** github.event. */
  readonly payload: JsonObject;
}

/** The facts of a run. @throws Error for a pull request that the server does not have */
export function factsOf(
  event: GitHubEvent,
  server: GitHubServer,
  { runId, workflow, cron }: { runId: number; workflow: string; cron?: string },
): RunFacts {
  const repository = { full_name: server.repository, default_branch: 'main' };
  const common = { runId, workflow, event, server, fork: false };
  switch (event.kind) {
    case 'push':
      return {
        ...common,
        actor: event.actor,
        ref: `refs/heads/${event.branch}`,
        payload: {
          ref: `refs/heads/${event.branch}`,
          before: event.before,
          after: event.sha,
          repository,
        },
      };
    case 'merge_group': {
      const ref = `refs/heads/gh-readonly-queue/main/pr-${event.number}-${event.base}`;
      return {
        ...common,
        actor: event.actor,
        ref,
        payload: {
          action: 'checks_requested',
          merge_group: {
            head_ref: ref,
            head_sha: event.sha,
            base_ref: 'refs/heads/main',
            base_sha: event.base,
          },
          repository,
        },
      };
    }
    case 'workflow_dispatch':
      return {
        ...common,
        actor: event.actor,
        ref: 'refs/heads/main',
        payload: { inputs: event.inputs, ref: 'refs/heads/main', repository },
      };
    case 'schedule':
      return {
        ...common,
        actor: 'github-actions[bot]',
        ref: 'refs/heads/main',
        payload: { schedule: cron ?? '', repository },
      };
    case 'pull_request': {
      const pull = server.pullRequest(event.number);
      if (!pull) throw new Error(`There is no pull request ${event.number}.`);
      const { head, base } = pull;
      const headRepository = head.fork
        ? `${pull.user}/${server.repository.split('/')[1] ?? ''}`
        : server.repository;
      return {
        ...common,
        fork: head.fork,
        actor: pull.user,
        ref: `refs/pull/${event.number}/merge`,
        payload: {
          action: event.action,
          number: event.number,
          pull_request: {
            number: event.number,
            title: pull.title,
            user: { login: pull.user },
            head: { ref: head.ref, sha: head.sha, repo: { full_name: headRepository } },
            base: { ref: base.ref, sha: base.sha, repo: repository },
          },
          repository,
        },
      };
    }
  }
}

/** The parts of the `github` context that are known before a job has started. */
export function githubOfRun({
  runId,
  workflow,
  event,
  server,
  actor,
  ref,
  payload,
}: RunFacts): JsonObject {
  const [owner = ''] = server.repository.split('/');
  const pull = payload['pull_request'] as
    { head: { ref: string }; base: { ref: string } } | undefined;
  return {
    workflow,
    actor,
    ref,
    sha: event.sha,
    event: payload,
    event_name: event.kind,
    repository: server.repository,
    repository_owner: owner,
    ref_name: ref.replace(/^refs\/(heads|pull)\//, ''),
    head_ref: pull?.head.ref ?? '',
    base_ref: pull?.base.ref ?? '',
    run_id: String(runId),
    run_number: String(runId),
    run_attempt: '1',
    server_url: server.url,
    api_url: server.url,
    graphql_url: `${server.url}/graphql`,
  };
}

/** The `github` context of a job. @param ofJob its id is the key in the file */
export function githubContext(
  facts: RunFacts,
  ofJob: { job: string; token: string; workspace: string },
): JsonObject {
  return { ...githubOfRun(facts), ...ofJob };
}

/** GITHUB_… variables that follow from the context. */
export function githubVariables(context: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context)
      .filter(([name]) => name !== 'event' && name !== 'token')
      .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]),
  );
}
