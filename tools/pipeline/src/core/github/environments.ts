import { isNotFound, type GitHub } from './client';

/**
 * Whether a person is asked before a job of this environment starts. GitHub makes an environment that a job names
 * and that the repository does not have, without protection: the job starts, and its token names the environment.
 * Needs the permission `actions: read`
 * (https://docs.github.com/en/rest/deployments/environments#get-an-environment).
 */
export async function hasReviewers(github: GitHub, environment: string): Promise<boolean> {
  const settings = await settingsOf(github, environment);
  return (settings?.protection_rules ?? []).some(
    (rule) => 'reviewers' in rule && (rule.reviewers ?? []).length > 0,
  );
}

/**
 * Whether only jobs of the branch main may start in this environment. "Protected branches" is not enough: it admits
 * every branch that any rule protects, and all branches if no rule protects one.
 * Needs the permission `actions: read`
 * (https://docs.github.com/en/rest/deployments/branch-policies#list-deployment-branch-policies).
 */
export async function admitsOnlyMain(github: GitHub, environment: string): Promise<boolean> {
  const settings = await settingsOf(github, environment);
  if (settings?.deployment_branch_policy?.custom_branch_policies !== true) return false;
  const { data } = await github.octokit.rest.repos.listDeploymentBranchPolicies({
    ...github.repository,
    environment_name: environment,
  });
  const [first, ...others] = data.branch_policies;
  return others.length === 0 && first?.name === 'main' && first.type !== 'tag';
}

async function settingsOf({ octokit, repository }: GitHub, environment: string) {
  try {
    const { data } = await octokit.rest.repos.getEnvironment({
      ...repository,
      environment_name: environment,
    });
    return data;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
