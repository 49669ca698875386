import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../core/context';
import { currentCommit } from '../../io/git';
import { writeJson } from '../../io/write-json';
import { connectGitHub, githubOptions } from '../../core/github/client';
import { issuesLabelled } from '../../core/github/issues';
import { currentJob } from '../../core/github/job';
import { planConcurrency } from '../plan/plan-stacks';
import { redactPlan, sensitiveTexts } from '../../core/plan-report/redact';
import type { Stack } from '../../core/stacks/manifest';
import { inDependencyOrder } from '../../core/stacks/schedule';
import { appliedVariables, asTerraformVariables } from '../../core/stacks/stack-variables';
import { synth } from '../../core/stacks/synth';
import { terraformIn } from '../../core/terraform/terraform';
import { findDrift, hasDrifted, type StackDrift } from './find-drift';
import type { StackResources } from './ignored-attributes';
import { renderDrift, type DriftReport } from './render-drift';
import { runDrift } from './keep-issue';

const label = 'drift';

export interface DriftOptions {
  /** Default: GITHUB_REPOSITORY. */
  readonly repository?: string;
  /** Login that our issues are by. */
  readonly author: string;
}

/**
 * `pipeline drift`: is the environment what its code says? Where GITHUB_TOKEN is set, an issue says so;
 * without it only the terminal does. That it is not is a finding, no failure of this run.
 */
export async function drift(context: Context, options: DriftOptions): Promise<void> {
  const { environment, reporter, signal, workspace } = context;
  const job = currentJob();
  const stacks = await driftOf(context, job.mask);
  const report: DriftReport = {
    environment,
    commit: await currentCommit(workspace.root),
    stacks,
  };
  await writeJson(join(workspace.dist, 'pipeline', environment, 'drift.json'), report);
  const drifted = stacks.some(hasDrifted);
  job.output('drift', String(drifted));
  if (drifted) {
    await job.summarise(`${renderDrift(report)}\n`);
    job.annotate('warning', `${environment} is not what its code says.`, 'Drift');
  }
  if (!process.env['GITHUB_TOKEN']) return;

  const settings = githubOptions(process.env, options.repository);
  const github = connectGitHub({ ...settings, reporter, signal });
  const outcome = await runDrift(issuesLabelled(github, label), report, options.author);
  job.output('action', outcome.action);
  if (outcome.action === 'none') return;
  job.output('issue', String(outcome.issue.number));
  reporter.step(`issue ${outcome.action}: ${outcome.issue.url}`);
}

async function driftOf(
  context: Context,
  mask: (secret: string) => void,
): Promise<readonly StackDrift[]> {
  const { environment, reporter, terraform } = context;
  reporter.step(`synth ${environment}`);
  const stacks = await synth(context);
  const applied = await appliedVariables(stacks, (stack) => terraformIn(stack.folder, terraform));
  const variables = { ...terraform.variables, ...asTerraformVariables(applied) };
  reporter.step(`compare ${environment} with its code`);
  const check = async (stack: Stack) => {
    const run = terraformIn(stack.folder, { ...terraform, variables });
    await run.init();
    const plan = await run.plan({ whole: true });
    sensitiveTexts(plan).forEach(mask);
    const text = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
    const found = findDrift(stack.name, redactPlan(plan), JSON.parse(text) as StackResources);
    reporter.info(
      `${stack.name}: ${found.planned.length} to put right, ${found.changedByOthers.length} changed by others`,
    );
    return found;
  };
  // Nothing waits for anything here: every stack is compared with the outputs that there are.
  const independent = stacks.map((stack) => ({ ...stack, dependencies: [] }));
  const found = await inDependencyOrder(independent, planConcurrency, check);
  return stacks.flatMap(({ name }) => found.get(name) ?? []);
}
