import type { GitHubClient } from '@clarity/local-github/client';

const person = 'ada';

/**
 * Protects an environment of the embedded GitHub with the calls of docs/pipelines.md: only jobs of main start in it,
 * once a person has approved.
 * @throws Error if GitHub refuses a call
 */
export async function protectEnvironment(github: GitHubClient, environment: string): Promise<void> {
  const token = await github.issueToken(person);
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${github.addresses.api}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  const { id } = (await call('GET', '/user')) as { readonly id: number };
  const path = `/repos/clarity/clarity/environments/${environment}`;
  await call('PUT', path, {
    reviewers: [{ type: 'User', id }],
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  });
  await call('POST', `${path}/deployment-branch-policies`, { name: 'main' });
}
