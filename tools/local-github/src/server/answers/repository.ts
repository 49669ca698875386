import { nodeId, type Addresses } from './addresses';
import { userAnswer } from './user';

const repositoryId = 900_000_001;

/** Endings of the addresses that GitHub lists of a repository, by the names it gives them. */
const endings: Readonly<Record<string, string>> = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
};

/** The repository, or the fork of it that a user has. */
export function repositoryAnswer(
  addresses: Addresses,
  { since, openIssues, forkOf }: { since: string; openIssues: number; forkOf?: string },
) {
  const [owner = '', name = ''] = addresses.repository.split('/');
  const login = forkOf ?? owner;
  const fullName = `${login}/${name}`;
  const api = `${addresses.url}/repos/${fullName}`;
  const html = `${addresses.url}/${fullName}`;
  const id = forkOf === undefined ? repositoryId : repositoryId + 1;
  return {
    ...Object.fromEntries(
      Object.entries(endings).map(([key, ending]) => [`${key}_url`, `${api}${ending}`]),
    ),
    id,
    node_id: nodeId('R', id),
    name,
    full_name: fullName,
    owner: userAnswer(addresses, login),
    private: true,
    visibility: 'private',
    url: api,
    html_url: html,
    clone_url: `${html}.git`,
    git_url: `${html.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@${new URL(addresses.url).hostname}:${fullName}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    description: null,
    fork: forkOf !== undefined,
    language: 'TypeScript',
    license: null,
    default_branch: 'main',
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    open_issues: openIssues,
    open_issues_count: openIssues,
    size: 0,
    created_at: since,
    updated_at: since,
    pushed_at: since,
  };
}
