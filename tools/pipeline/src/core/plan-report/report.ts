import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { jsonParser } from '@clarity/schema';
import { parseFile } from '../../io/parse-file';
import type { Workspace } from '../../io/workspace';
import { PipelineError } from '../../errors';
import type { ReviewedChange } from './fingerprint';
import type { PlanDocument } from './plan-document';

const stackStatuses = ['planned', 'unchanged', 'deferred', 'failed'] as const;

/** Name of the report, in `dist/pipeline/<environment>/report` and in its artifacts. */
export const planReportFile = 'plan-report.json';

export function reportPath({ dist }: Workspace, environment: string): string {
  return join(dist, 'pipeline', environment, 'report', planReportFile);
}

/** `plan-report.json`: what `plan` writes for `comment`, which may run on another machine. */
const planReportSchema = Type.Object({
  environment: Type.String({ minLength: 1 }),
  /** The commit that was planned. */
  commit: Type.String({ minLength: 1 }),
  stacks: Type.Array(
    Type.Object({
      stack: Type.String({ minLength: 1 }),
      status: Type.Unsafe<(typeof stackStatuses)[number]>(Type.Enum([...stackStatuses])),
      /** Why it was deferred or failed. */
      reason: Type.Optional(Type.String()),
      /** Redacted `terraform show -json`, relative to the report. */
      planJson: Type.Optional(Type.String()),
    }),
  ),
  /** Of all stacks, with hashes of what Terraform planned and not of what is shown; see fingerprint.ts. */
  changes: Type.Array(
    Type.Object({ stack: Type.String(), address: Type.String(), hash: Type.String() }),
  ),
  /** Of environment, commit and changes; see marker.ts. */
  seal: Type.String(),
});
export type PlanReport = Static<typeof planReportSchema>;

/** A stack of a report, with its plan. */
export interface PlannedStack {
  readonly stack: string;
  readonly status: PlanReport['stacks'][number]['status'];
  readonly reason?: string | undefined;
  readonly plan?: PlanDocument;
}

export interface ReadReport extends Omit<PlanReport, 'stacks' | 'changes'> {
  readonly stacks: readonly PlannedStack[];
  readonly changes: readonly ReviewedChange[];
}

const parseReport = jsonParser('plan report', planReportSchema);

/** @throws PipelineError `usage` if it is malformed, or it or a plan that it names is missing */
export async function readReport(path: string): Promise<ReadReport> {
  const report = parseFile(path, await readText(path), parseReport);
  const stacks = report.stacks.map(async ({ planJson, ...stack }): Promise<PlannedStack> => {
    if (planJson === undefined) return stack;
    const text = await readText(resolve(dirname(path), planJson));
    return { ...stack, plan: JSON.parse(text) as PlanDocument };
  });
  return { ...report, stacks: await Promise.all(stacks) };
}

/**
 * The reports under a folder, at any depth: each artifact is downloaded into its own folder.
 * @throws PipelineError if there are none
 */
export async function findReports(folder: string): Promise<readonly string[]> {
  const all = await readdir(folder, { recursive: true }).catch((): string[] => []);
  const found = all.filter((path) => basename(path) === planReportFile).toSorted();
  if (found.length > 0) return found.map((path) => join(folder, path));
  throw new PipelineError('usage', `There is no ${planReportFile} under ${folder}.`);
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PipelineError('usage', `There is no ${path}.`, 'Run `pipeline plan` first.', {
      cause,
    });
  });
}
