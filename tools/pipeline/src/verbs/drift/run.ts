import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { TerraformContext } from '../../core/context';
import { issuesLabelled } from '../../core/github/issues';
import { reviewKey } from '../../core/approval/review-key';
import { sensitiveTexts } from '../../core/plan-report/sensitive-texts';
import { assertBootstrapped } from '../../core/stacks/assert-bootstrapped';
import type { Stack } from '../../core/stacks/manifest';
import { inDependencyOrder, planConcurrency } from '../../core/stacks/schedule';
import { appliedVariables, asTerraformVariables } from '../../core/stacks/stack-variables';
import { currentCommit } from '../../io/git';
import { findDrift, hasDrifted, redactDrift, type StackDrift } from './find-drift';
import type { StackResources } from './ignored-attributes';
import { keepIssue } from './keep-issue';
import { renderDrift, type DriftReport } from './render-drift';

const label = 'drift';

export interface DriftOptions {
  readonly repository: string | undefined;
  /** Login that our issues are by. */
  readonly author: string;
}

/**
 * `pipeline drift`: does the environment differ from its code? If GITHUB_TOKEN is set, an issue reports
 * it; without it only the terminal does. A difference is a result and not a failure of this run.
 */
export async function reportDrift(
  context: TerraformContext,
  { repository, author }: DriftOptions,
  output: (name: 'drift' | 'action' | 'issue', value: string) => void,
): Promise<void> {
  const { environment, reporter, workspace, job, connectGitHub } = context;
  const stacks = await driftOf(context);
  const commit = await currentCommit(workspace.root);
  const report: DriftReport = { environment, commit, stacks };
  await replaceJson(join(workspace.dist, 'pipeline', environment, 'drift.json'), report);
  const drifted = stacks.some(hasDrifted);
  output('drift', String(drifted));
  if (drifted) {
    await job.summarise(`${renderDrift(report)}\n`);
    job.annotate('warning', `${environment} differs from its code.`, 'Drift');
  }
  if (!process.env['GITHUB_TOKEN']) return;

  const kept = await keepIssue(issuesLabelled(connectGitHub(repository), label), report, author);
  output('action', kept.action);
  if (kept.action === 'none') return;
  output('issue', String(kept.issue.number));
  reporter.step(`issue ${kept.action}: ${kept.issue.url}`);
}

async function driftOf(context: TerraformContext): Promise<readonly StackDrift[]> {
  const { environment, reporter, job, terraformOf } = context;
  const stacks = await context.synth();
  await assertBootstrapped(context, stacks);
  const key = await reviewKey(context, stacks);
  reporter.step(`compare ${environment} with its code`);
  const check = async (stack: Stack) => {
    const variables = await appliedVariables(stack, terraformOf);
    const terraform = terraformOf(stack, asTerraformVariables(variables));
    await terraform.init();
    const plan = await terraform.plan({ whole: true });
    const texts = sensitiveTexts([plan]);
    texts.forEach(job.mask);
    const text = await readFile(join(stack.folder, 'cdk.tf.json'), 'utf8');
    const code = JSON.parse(text) as StackResources;
    const found = findDrift(stack.name, plan, { code, key });
    reporter.info(
      `${stack.name}: ${found.planned.length} to correct, ${found.changedByOthers.length} changed by others`,
    );
    return { found, texts };
  };
  // Every stack is compared with the outputs that exist, so none waits for another.
  const independent = stacks.map((stack) => ({ ...stack, dependencies: [] }));
  const checked = [...(await inDependencyOrder(independent, planConcurrency, check)).values()];
  const texts = checked.flatMap((each) => each.texts);
  return checked.map(({ found }) => redactDrift(found, texts));
}
