import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import type { PlanDocument } from '../../core/plan-report/plan-document';
import { redactPlan, sensitiveTexts } from '../../core/plan-report/redact';
import { planReportFile, type PlanReport } from '../../core/plan-report/report';
import { changesIn, fingerprintOf } from '../../core/plan-report/fingerprint';
import type { Stack } from '../../core/stacks/manifest';
import { hasChanges } from '../../core/terraform/plan-summary';
import type { StackPlan } from './plan-stacks';

const plansFolder = 'plans';

/**
 * Keeps the plans of a run next to its report, as `<folder>/plans/<stack>.json`, redacted, so that the folder
 * can be an artifact. Terraform's own plan file (stack.tfplan) stays next to the stack, for an apply by this
 * runner; it has secrets and is not an artifact.
 */
export async function keepPlans(folder: string, mask: (secret: string) => void) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, plansFolder), { recursive: true });
  const documents = new Map<string, PlanDocument>();
  return {
    keep: async ({ name }: Stack, plan: PlanDocument) => {
      sensitiveTexts(plan).forEach(mask);
      const redacted = redactPlan(plan);
      documents.set(name, redacted);
      await replaceJson(join(folder, plansFolder, `${name}.json`), redacted);
    },
    writeReport: async (
      of: Pick<PlanReport, 'environment' | 'commit'>,
      plans: readonly StackPlan[],
    ): Promise<PlanReport> => {
      const report: PlanReport = {
        ...of,
        stacks: plans.map(entryOf),
        fingerprint: fingerprintOf(
          [...documents].flatMap(([stack, document]) => changesIn(stack, document)),
        ),
      };
      await replaceJson(join(folder, planReportFile), report);
      return report;
    },
  };
}

function entryOf(plan: StackPlan): PlanReport['stacks'][number] {
  const { stack } = plan;
  if (plan.status === 'failed') return { stack, status: 'failed', reason: plan.reason };
  if (plan.status === 'deferred')
    return { stack, status: 'deferred', reason: `waits for ${plan.upstream.join(', ')}` };
  const planJson = `${plansFolder}/${stack}.json`;
  return { stack, status: hasChanges(plan.summary) ? 'planned' : 'unchanged', planJson };
}
