import type { ChangeKind } from '../terraform/change-kind';
import { summarisePlan, type PlanSummary } from '../terraform/plan-summary';
import { isNamed } from '../stacks/manifest';
import type { CheckResult } from '../terraform/plan-json';
import { losesData } from './loss';
import type { PlanDocument } from './plan-document';
import type { ReadReport, PlannedStack } from './report';
import type { LocatedChange } from './located-change';
import { clipped, code, fenceFor, visible } from './safe-text';
import type { Section } from './section';

/** Limits that leave room for the details, however many stacks there are. */
const mostRows = 40;
const mostNames = 15;

/** The data that would be lost; it comes first. */
export function warning(changes: readonly LocatedChange[]): string {
  const lost = changes.filter(({ resource }) => losesData(resource));
  if (lost.length === 0) return '';
  const names = lost
    .slice(0, mostNames)
    .map(
      ({ resource, kind }) =>
        `> - ${code(resource.address)} ${kind === 'replace' ? 'is replaced' : 'is destroyed'}`,
    );
  const more = lost.length > mostNames ? [`> - and ${lost.length - mostNames} more`] : [];
  const what =
    lost.length === 1 ? 'a resource that holds data' : `${lost.length} resources that hold data`;
  return [`> [!CAUTION]`, `> This destroys ${what}:`, ...names, ...more].join('\n') + '\n\n';
}

/** One row per stack, with Terraform's counts. */
export function table({ stacks }: ReadReport): string {
  const rows = stacks.slice(0, mostRows).map(row);
  const more =
    stacks.length > mostRows ? [`| and ${stacks.length - mostRows} more | | | | | |`] : [];
  return [
    '| stack | add | change | replace | destroy | |',
    '| --- | --: | --: | --: | --: | --- |',
    ...rows,
    ...more,
    '',
    '',
  ].join('\n');
}

function row(stack: PlannedStack): string {
  const counts = stack.plan && stack.status !== 'failed' ? summarisePlan(stack.plan) : undefined;
  const cells = (['add', 'change', 'replace', 'destroy'] as const).map((kind) =>
    cell(counts, kind),
  );
  return `| ${code(stack.stack, 80)} | ${cells.join(' | ')} | ${remark(stack, counts)} |`;
}

function cell(counts: PlanSummary | undefined, kind: keyof PlanSummary): string {
  if (!counts) return '–';
  const isLoss = kind === 'replace' || kind === 'destroy';
  return isLoss && counts[kind] > 0 ? `**${counts[kind]}**` : String(counts[kind]);
}

function remark(planned: PlannedStack, counts: PlanSummary | undefined): string {
  const { status, reason = '' } = planned;
  if (status === 'failed') return '❌ the plan failed';
  if (status === 'deferred') return `⏳ deferred: ${code(reason, 200)}`;
  if (status === 'unchanged') return 'no changes';
  if (isNamed({ name: planned.stack }, 'account')) return 'a person applies these with `bootstrap`';
  const outputs = counts?.outputs ?? 0;
  return outputs > 0 ? `${outputs} ${outputs === 1 ? 'output' : 'outputs'}` : '';
}

/** Changes that have no column in the table, e.g. "2 moved, 1 imported". */
export function asides(changes: readonly LocatedChange[]): string {
  const count = (test: (change: LocatedChange) => boolean) => changes.filter(test).length;
  const isOf = (kind: ChangeKind) => (change: LocatedChange) => change.kind === kind;
  const parts = (
    [
      [count(({ resource }) => resource.previous_address !== undefined), 'moved'],
      [count(({ resource }) => resource.change.importing !== undefined), 'imported'],
      [count(isOf('forget')), 'no longer managed'],
    ] as const
  ).flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : []));
  return parts.length > 0 ? `Also: ${parts.join(', ')}.\n\n` : '';
}

/** The last lines of Terraform's output, where the error is. */
const mostErrorLines = 60;

export function failureSections({ stacks }: ReadReport): readonly Section[] {
  return stacks
    .filter(({ status }) => status === 'failed')
    .map(({ stack, reason = 'No reason was given.' }) =>
      textSection(`❌ ${code(stack, 80)} could not be planned`, reason.split(/\r?\n/)),
    );
}

/** Conditions that do not hold, or that could not be evaluated. Terraform only warns of those of `check` blocks. */
export function checkSections({ stacks }: ReadReport): readonly Section[] {
  return stacks.flatMap(({ stack, plan }) =>
    failedChecks(plan).map(({ address, instances = [] }) =>
      textSection(
        `❌ ${code(address.to_display)} fails (${code(stack, 80)})`,
        instances.flatMap(({ problems = [] }) => problems.map(({ message }) => message)),
      ),
    ),
  );
}

export function failedChecks(plan: PlanDocument | undefined): readonly CheckResult[] {
  return (plan?.checks ?? []).filter(({ status }) => status === 'fail' || status === 'error');
}

function textSection(title: string, text: readonly string[]): Section {
  const lines = text.slice(-mostErrorLines).map((line) => visible(clipped(line, 400)));
  const fence = fenceFor(lines);
  return { open: `${title}\n\n${fence}text\n`, lines, close: `${fence}\n\n` };
}
