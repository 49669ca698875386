import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceJson } from '@clarity/host';
import { sealed } from '../../core/plan-report/marker';
import { redactPlan } from '../../core/plan-report/redact';
import { hideTexts, sensitiveTexts } from '../../core/plan-report/sensitive-texts';
import type { PlanJson } from '../../core/terraform/plan-json';
import { planReportFile, type PlanReport } from '../../core/plan-report/report';
import { changesIn } from '../../core/plan-report/fingerprint';
import type { Stack } from '../../core/stacks/manifest';
import { hasChanges } from '../../core/terraform/plan-summary';
import type { StackPlan } from './plan-stacks';

const plansFolder = 'plans';

/**
 * Keeps the plans of a run next to its report, as `<folder>/plans/<stack>.json`, redacted, so that the folder
 * can be an artifact. Terraform's own plan file (stack.tfplan) stays next to the stack, for an apply by this
 * runner; it has secrets and is not an artifact.
 * @param key of the hashes of changes
 */
export async function keepPlans(
  folder: string,
  { mask, key }: { readonly mask: (secret: string) => void; readonly key: string },
) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, plansFolder), { recursive: true });
  const kept = new Map<string, PlanJson>();
  return {
    keep: async ({ name }: Stack, plan: PlanJson) => {
      sensitiveTexts([plan]).forEach(mask);
      kept.set(name, plan);
    },
    /** Only once all plans are there: a text that one stack marks as sensitive is hidden in all of them. */
    writeReport: async (
      of: Pick<PlanReport, 'environment' | 'commit'>,
      plans: readonly StackPlan[],
    ): Promise<PlanReport> => {
      const ordered = plans.flatMap(({ stack }) => {
        const plan = kept.get(stack);
        return plan ? [{ stack, plan }] : [];
      });
      const texts = sensitiveTexts(ordered.map(({ plan }) => plan));
      for (const { stack, plan } of ordered)
        await replaceJson(join(folder, plansFolder, `${stack}.json`), redactPlan(plan, texts));
      const changes = ordered.flatMap(({ stack, plan }) => changesIn(stack, plan, key));
      const report: PlanReport = {
        ...sealed({ ...of, changes }, key),
        changes,
        stacks: plans.map((each) => entryOf(each, texts)),
      };
      await replaceJson(join(folder, planReportFile), report);
      return report;
    },
  };
}

/** @param texts hidden in what Terraform printed; a stack keeps its name, which is also that of its file */
function entryOf(plan: StackPlan, texts: readonly string[]): PlanReport['stacks'][number] {
  const { stack } = plan;
  if (plan.status === 'failed')
    return { stack, status: 'failed', reason: hideTexts(plan.reason, texts) };
  if (plan.status === 'deferred')
    return { stack, status: 'deferred', reason: `waits for ${plan.upstream.join(', ')}` };
  const planJson = `${plansFolder}/${stack}.json`;
  return { stack, status: hasChanges(plan.summary) ? 'planned' : 'unchanged', planJson };
}
