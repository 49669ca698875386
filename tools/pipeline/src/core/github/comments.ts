import { isNotFound, type GitHub } from './client';

export interface Comment {
  readonly id: number;
  /** Login, e.g. `github-actions[bot]`. */
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** The comments of one pull request or issue. */
export interface Comments {
  /** Oldest first. */
  list(): Promise<readonly Comment[]>;
  create(body: string): Promise<Comment>;
  /** @returns undefined if it was deleted */
  update(id: number, body: string): Promise<Comment | undefined>;
  /** A comment that is already gone is not a failure. */
  remove(id: number): Promise<void>;
}

/** The author of comments made with a job's GITHUB_TOKEN. */
export const actionsBot = 'github-actions[bot]';

export function commentsOf({ octokit, repository }: GitHub, issue: number): Comments {
  const { issues } = octokit.rest;
  return {
    async list() {
      const all = await octokit.paginate(issues.listComments, {
        ...repository,
        issue_number: issue,
        per_page: 100,
      });
      return all.map(asComment).toSorted((a, b) => a.id - b.id);
    },
    async create(body) {
      const { data } = await issues.createComment({ ...repository, issue_number: issue, body });
      return asComment(data);
    },
    async update(id, body) {
      try {
        const { data } = await issues.updateComment({ ...repository, comment_id: id, body });
        return asComment(data);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    async remove(id) {
      await issues.deleteComment({ ...repository, comment_id: id }).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    },
  };
}

function asComment(data: {
  id: number;
  user: { login: string } | null;
  body?: string;
  html_url: string;
}): Comment {
  return {
    id: data.id,
    author: data.user?.login ?? '',
    body: data.body ?? '',
    url: data.html_url,
  };
}
