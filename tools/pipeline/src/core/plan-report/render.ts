import { changeKinds } from '../terraform/change-kind';
import { planMarker, reviewMarker } from './marker';
import { losesData } from './loss';
import { asides, checkSections, failedChecks, failureSections, table, warning } from './overview';
import type { PlannedStack, ReadReport } from './report';
import { changesOf, type LocatedChange } from './located-change';
import { outputSection, resourceSection } from './resource-section';
import { code } from './safe-text';
import { fitSections } from './section';

/** GitHub counts characters; UTF-16 units are never fewer, so a text within them is within GitHub's. */
export const commentLimit = 65_536;
/** Bytes: a step's job summary holds 1 MiB, and others of the step write into it too. */
const summaryLimit = 900_000;

export interface RenderOptions {
  /** Largest size of the result, as `sizeOf` counts. */
  readonly limit: number;
  readonly sizeOf: (text: string) => number;
  /** Where to find the rest if not everything fits, as Markdown. */
  readonly rest: string;
}

export const asComment = (runUrl?: string): RenderOptions => ({
  limit: commentLimit,
  sizeOf: (text) => text.length,
  rest: runUrl ? `in the [job summary](${runUrl})` : 'in the job summary',
});

export const asSummary: RenderOptions = {
  limit: summaryLimit,
  sizeOf: (text) => Buffer.byteLength(text),
  rest: 'in the plan files of this run',
};

/**
 * A plan for its reviewers, as GitHub Markdown: data that would be lost, the table, destroyed and replaced
 * resources, failures and failed checks, then the rest, until the limit is reached.
 * @param report with redacted plans
 */
export function renderReport(report: ReadReport, { limit, sizeOf, rest }: RenderOptions): string {
  const { stacks, environment, commit } = report;
  const changes = stacks.flatMap(({ stack, plan }) => (plan ? changesOf(stack, plan) : []));
  const top = `${planMarker(environment)}\n${reviewMarker(report)}\n`;
  const of = `at ${code(commit, 60)}`;
  const isQuiet = (stack: PlannedStack) =>
    stack.status === 'unchanged' && failedChecks(stack.plan).length === 0;
  if (stacks.every(isQuiet))
    return `${top}**${code(environment, 40)}**: no changes in ${count(stacks.length, 'stack')}, ${of}.\n`;

  const head = [
    top,
    `## Plan for ${code(environment, 40)}\n\n`,
    warning(changes),
    table(report),
    asides(changes),
  ].join('');
  const ordered = inOrderOfImportance(changes);
  const losses = ordered.filter(isLoss).map(resourceSection);
  const sections = [
    ...losses,
    ...failureSections(report),
    ...checkSections(report),
    ...ordered.filter((change) => !isLoss(change)).map(resourceSection),
    ...stacks.flatMap(({ stack, plan }) => (plan ? outputSection(stack, plan) : [])),
  ];
  const footer = `---\nPlanned ${of}.\n`;
  const room = limit - sizeOf(head) - sizeOf(footer);
  const fitted = fitSections(sections, room, sizeOf);
  if (fitted.whole === sections.length) return head + fitted.text + footer;

  const notice = (missing: number) =>
    `**${count(missing, 'more part')} did not fit here or not as a whole: everything is ${rest}.**\n\n`;
  const cut = fitSections(sections, room - sizeOf(notice(sections.length)), sizeOf);
  return head + cut.text + notice(sections.length - cut.whole) + footer;
}

function isLoss({ kind }: LocatedChange): boolean {
  return kind === 'destroy' || kind === 'replace';
}

/** Changes that lose data, then those that destroy, then by kind; within a kind in Terraform's order. */
function inOrderOfImportance(changes: readonly LocatedChange[]): readonly LocatedChange[] {
  const rank = (change: LocatedChange) => {
    if (losesData(change.resource)) return -2;
    return change.kind === 'destroy' ? -1 : changeKinds.indexOf(change.kind);
  };
  return changes.toSorted((a, b) => rank(a) - rank(b));
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
