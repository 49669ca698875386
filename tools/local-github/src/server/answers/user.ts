import { actionsBot } from '../access/tokens';
import { nodeId, type Addresses } from './addresses';

/** The one id of github-actions[bot]. */
const actionsBotId = 41_898_282;

/** A user by the login; the same login is always the same user. */
export function userAnswer({ url }: Addresses, login: string) {
  const id = userId(login);
  const api = `${url}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId('U', id),
    avatar_url: `${url}/avatars/${id}`,
    gravatar_id: '',
    url: api,
    html_url: login.endsWith('[bot]')
      ? `${url}/apps/${login.slice(0, -'[bot]'.length)}`
      : `${url}/${encodeURIComponent(login)}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** The authenticated user, as shown to themselves. */
export function profileAnswer(addresses: Addresses, login: string, since: string) {
  return {
    ...userAnswer(addresses, login),
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: since,
    updated_at: since,
  };
}

export function userId(login: string): number {
  if (login === actionsBot) return actionsBotId;
  let hash = 0;
  for (const character of login) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 100_000_007;
  return hash;
}
