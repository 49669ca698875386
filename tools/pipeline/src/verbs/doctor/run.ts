import { environmentNames } from '../../core/environment';
import { isNotFound, type GitHub } from '../../core/github/client';
import { admitsOnlyMain, hasReviewers } from '../../core/github/environments';
import type { Reporter } from '../../io/reporter';
import { PipelineError } from '../../errors';

/** A setting that is not as the workflows need it, and what to do. */
type Complaint = string;

/**
 * `pipeline doctor`: reports every setting of the repository that would let a workflow fail, or deploy without an
 * approval. The token must be a person's who may administer the repository.
 * @throws PipelineError `environment` if there is any
 */
export async function examineRepository(github: GitHub, reporter: Reporter): Promise<void> {
  const { owner, repo } = github.repository;
  reporter.step(`examine ${owner}/${repo}`);
  const variables = await variablesOf(github);
  const environments = environmentsIn(variables);
  const complaints = [
    ...complaintsAbout(variables, environments),
    ...(await unprotected(github, environments)),
    ...(await branchComplaints(github)),
    ...(await tokenComplaints(github)),
  ];
  for (const complaint of complaints) reporter.warn(complaint);
  if (complaints.length > 0)
    throw new PipelineError(
      'environment',
      `The repository is not set up: ${complaints.length} to do.`,
      'docs/pipelines.md has the commands, under "Set up".',
    );
  reporter.step('the workflows find what they need');
}

type Variables = Readonly<Record<string, string>>;

async function variablesOf({ octokit, repository }: GitHub): Promise<Variables> {
  const { data } = await octokit.rest.actions.listRepoVariables({ ...repository, per_page: 30 });
  return Object.fromEntries(data.variables.map(({ name, value }) => [name, value]));
}

/** In the order in which they are deployed; none if the variable cannot be read. */
function environmentsIn({ CLARITY_ENVIRONMENTS: text = '' }: Variables): readonly string[] {
  const value = parsed(text);
  return Array.isArray(value) ? value.map(String) : [];
}

function complaintsAbout(
  variables: Variables,
  environments: readonly string[],
): readonly Complaint[] {
  const accounts = Object.entries(Object(parsed(variables['CLARITY_ACCOUNTS'] ?? '')) as object);
  const withAccount = accounts
    .filter(([, id]) => /^\d{12}$/.test(String(id)))
    .map(([name]) => name);
  return [
    ...(environments.length === 0
      ? ['The variable CLARITY_ENVIRONMENTS is not a JSON list of environments.']
      : []),
    ...environments
      .filter((name) => !environmentNames.some((known) => known === name))
      .map((name) => `CLARITY_ENVIRONMENTS has "${name}", which is not an environment of infra.`),
    ...environments
      .filter((name) => !withAccount.includes(name))
      .map((name) => `CLARITY_ACCOUNTS has no account, of 12 digits, for ${name}.`),
    ...(/^[0-9a-f]{64}$/.test(variables['ONNXRUNTIME_CUDA_SHA256'] ?? '')
      ? []
      : ['The variable ONNXRUNTIME_CUDA_SHA256 is not a checksum of 64 hex digits.']),
  ];
}

/**
 * The roles trust a job by the name of its environment alone, so the environment must not let in a job of another
 * branch. GitHub makes an environment that a job names and that does not exist, without protection.
 */
async function unprotected(
  github: GitHub,
  environments: readonly string[],
): Promise<readonly Complaint[]> {
  const approvals = environments.map((name) => `${name}-approval`);
  const open = await without(admitsOnlyMain, github, [...environments, ...approvals]);
  const unreviewed = await without(hasReviewers, github, [...environments.slice(-1), ...approvals]);
  return [
    ...open.map((name) => `The environment ${name} admits jobs of other branches than main.`),
    ...unreviewed.map((name) => `The environment ${name} has no required reviewers.`),
  ];
}

/** The environments that lack a protection. */
async function without(
  has: (github: GitHub, environment: string) => Promise<boolean>,
  github: GitHub,
  environments: readonly string[],
): Promise<readonly string[]> {
  const answers = await Promise.all(environments.map((name) => has(github, name)));
  return environments.filter((_, index) => !answers[index]);
}

async function branchComplaints({ octokit, repository }: GitHub): Promise<readonly Complaint[]> {
  const { data } = await octokit.rest.repos.getBranchRules({ ...repository, branch: 'main' });
  const checks = data.flatMap((rule) =>
    rule.type === 'required_status_checks'
      ? (rule.parameters?.required_status_checks ?? []).map(({ context }) => context)
      : [],
  );
  if (checks.includes('ci') || (await protectedChecks({ octokit, repository })).includes('ci'))
    return [];
  return ['main can be changed without the check "ci".'];
}

/** Of the older branch protection, which rulesets do not list. */
async function protectedChecks({ octokit, repository }: GitHub): Promise<readonly string[]> {
  try {
    const { data } = await octokit.rest.repos.getBranchProtection({
      ...repository,
      branch: 'main',
    });
    return data.required_status_checks?.contexts ?? [];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function tokenComplaints({ octokit, repository }: GitHub): Promise<readonly Complaint[]> {
  const { data } =
    await octokit.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repository);
  return data.default_workflow_permissions === 'read'
    ? []
    : ['Jobs that declare no permissions get a token that may write: set the default to read.'];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
