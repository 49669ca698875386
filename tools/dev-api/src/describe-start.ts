import pc from 'picocolors';
import type { Account } from './prepare-cloud';

/**
 * What a person needs to use the API, with a fresh access token.
 * @throws Error if the API does not let the account log in
 */
export async function describeStart(api: string, aws: string, account: Account): Promise<string> {
  const token = await accessToken(api, account);
  const lines = {
    API: api,
    docs: `${api}/docs`,
    AWS: `${aws} (embedded, in memory)`,
    account: `${account.email}, password ${account.password}`,
    try: `curl -H 'authorization: Bearer ${token}' ${api}/v1/models`,
  };
  const width = Math.max(...Object.keys(lines).map((name) => name.length));
  return [
    '',
    ...Object.entries(lines).map(([name, text]) => `  ${pc.bold(name.padEnd(width))}  ${text}`),
    '',
    '  A change in the sources of the API or of a library restarts it. Ctrl-C ends everything.',
    '',
  ].join('\n');
}

async function accessToken(api: string, account: Account): Promise<string> {
  const response = await fetch(`${api}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  if (!response.ok) throw new Error(`The API answered the log-in with ${response.status}.`);
  return ((await response.json()) as { accessToken: string }).accessToken;
}
