import type { GitHub } from './client';

export interface Issue {
  readonly number: number;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** The open issues under one label. */
export interface Issues {
  /** Oldest first; without pull requests. */
  listOpen(): Promise<readonly Issue[]>;
  open(title: string, body: string): Promise<Issue>;
  update(number: number, title: string, body: string): Promise<void>;
  comment(number: number, body: string): Promise<void>;
  close(number: number, why: 'completed' | 'not_planned'): Promise<void>;
}

/** @param label GitHub creates it if the repository does not have it */
export function issuesLabelled({ octokit, repository }: GitHub, label: string): Issues {
  const { issues } = octokit.rest;
  return {
    async listOpen() {
      const all = await octokit.paginate(issues.listForRepo, {
        ...repository,
        labels: label,
        state: 'open',
        per_page: 100,
      });
      return all
        .filter((issue) => !issue.pull_request)
        .map(asIssue)
        .toSorted((a, b) => a.number - b.number);
    },
    async open(title, body) {
      const { data } = await issues.create({ ...repository, title, body, labels: [label] });
      return asIssue(data);
    },
    async update(number, title, body) {
      await issues.update({ ...repository, issue_number: number, title, body });
    },
    async comment(number, body) {
      await issues.createComment({ ...repository, issue_number: number, body });
    },
    async close(number, why) {
      await issues.update({
        ...repository,
        issue_number: number,
        state: 'closed',
        state_reason: why,
      });
    },
  };
}

function asIssue(data: {
  number: number;
  user: { login: string } | null;
  body?: string | null;
  html_url: string;
}): Issue {
  return {
    number: data.number,
    author: data.user?.login ?? '',
    body: data.body ?? '',
    url: data.html_url,
  };
}
