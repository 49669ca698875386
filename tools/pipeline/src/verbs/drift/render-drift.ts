import { commentLimit } from '../../core/plan-report/render';
import { attributeChanges } from '../../core/plan-report/attribute-changes';
import { attributeLines } from '../../core/plan-report/attribute-lines';
import { kindOf } from '../../core/terraform/change-kind';
import type { PlannedResource } from '../../core/plan-report/plan-document';
import { openDiff, resourceSection } from '../../core/plan-report/resource-section';
import { clipped, code, fenceFor, visible } from '../../core/plan-report/safe-text';
import { fitSections, type Section } from '../../core/plan-report/section';
import { fingerprintOf } from '../../core/plan-report/fingerprint';
import type { StackDrift } from './find-drift';

/** First line of the issue's body, by which it is found again. */
export function driftMarker(environment: string): string {
  return `<!-- clarity-drift:${environment} -->`;
}

export interface DriftReport {
  readonly environment: string;
  readonly commit: string;
  readonly stacks: readonly StackDrift[];
}

/** Equal for two runs that found the same drift. */
export function driftFingerprint({ stacks }: DriftReport): string {
  return fingerprintOf(stacks.flatMap(({ changes }) => changes));
}

/** @returns the fingerprint in the body of an issue of ours */
export function readDriftFingerprint(body: string): string | undefined {
  return /^.*\r?\n<!-- clarity-fingerprint:([0-9a-f]{64}) -->/.exec(body)?.[1];
}

/** The body of the issue, within GitHub's limit. */
export function renderDrift(report: DriftReport): string {
  const { environment, commit, stacks } = report;
  const head = [
    driftMarker(environment),
    `<!-- clarity-fingerprint:${driftFingerprint(report)} -->`,
    `The environment ${code(environment, 40)} differs from its code (at ${code(commit, 60)}).`,
    '',
    `To undo the difference, run ${code(`npm run pipeline -- apply --env ${environment}`, 100)} (for the inference stack \`inference\`, for the account's stack \`bootstrap\`). To keep it, add it to the code. A deploy leaves unchanged stacks alone. This issue is updated every night and closed once the difference is gone.`,
    '',
    '',
  ].join('\n');
  const sections = [
    ...titled('What others changed', stacks, ({ stack, changedByOthers }) =>
      changedByOthers.map((resource) => driftSection(stack, resource)),
    ),
    ...titled('What a deploy would do', stacks, ({ stack, planned }) =>
      planned.flatMap((resource) => {
        const kind = kindOf(resource);
        return kind ? [resourceSection({ stack, kind, resource })] : [];
      }),
    ),
    ...unmanagedSection(stacks),
  ];
  const more = 'The rest did not fit here; `pipeline plan` shows it.\n';
  const room = commentLimit - head.length;
  const sizeOf = (text: string) => text.length;
  const fitted = fitSections(sections, room, sizeOf);
  if (fitted.whole === sections.length) return (head + fitted.text).trimEnd();
  return head + fitSections(sections, room - more.length, sizeOf).text + more;
}

function titled(
  title: string,
  stacks: readonly StackDrift[],
  sectionsOf: (stack: StackDrift) => readonly Section[],
): readonly Section[] {
  const sections = stacks.flatMap(sectionsOf);
  return sections.length > 0
    ? [{ open: `### ${title}\n\n`, lines: [], close: '' }, ...sections]
    : [];
}

/** Names only: after a first apply, AWS has filled in attributes of many resources. */
function unmanagedSection(stacks: readonly StackDrift[]): readonly Section[] {
  const lines = stacks.flatMap(({ stack, unmanaged }) =>
    unmanaged.map(({ address }) => visible(clipped(`${stack}: ${address}`, 300))),
  );
  if (lines.length === 0) return [];
  const fence = fenceFor(lines);
  const title = 'Also different, in attributes that the code does not set';
  return [
    {
      open: `<details><summary>${title}</summary>\n\n${fence}text\n`,
      lines,
      close: `${fence}\n\n</details>\n`,
    },
  ];
}

function driftSection(stack: string, resource: PlannedResource): Section {
  const isGone = resource.change.actions.includes('delete');
  const lines = isGone
    ? ['- it no longer exists']
    : attributeLines('change', attributeChanges(resource.change));
  return openDiff(`${code(resource.address)} (${code(stack, 80)})`, lines);
}
