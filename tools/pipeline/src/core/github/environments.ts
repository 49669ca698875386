import { isNotFound, type GitHub } from './client';

/**
 * Whether a person is asked before a job of this environment starts. GitHub makes an environment that a job names
 * and that the repository does not have, without protection: the job starts, and its token names the environment.
 * Needs the permission `actions: read`
 * (https://docs.github.com/en/rest/deployments/environments#get-an-environment).
 */
export async function hasReviewers(
  { octokit, repository }: GitHub,
  environment: string,
): Promise<boolean> {
  try {
    const { data } = await octokit.rest.repos.getEnvironment({
      ...repository,
      environment_name: environment,
    });
    return (data.protection_rules ?? []).some(
      (rule) => 'reviewers' in rule && (rule.reviewers ?? []).length > 0,
    );
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
