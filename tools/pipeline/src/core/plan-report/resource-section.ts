import type { ChangeKind } from '../terraform/change-kind';
import { attributeChanges } from './attribute-changes';
import { attributeLines } from './attribute-lines';
import { explanation } from './explanation';
import type { LocatedChange } from './located-change';
import { isStateful } from './loss';
import type { PlanDocument, PlannedResource } from './plan-document';
import { asAttribute } from './redact';
import { code, fenceFor } from './safe-text';
import type { Section } from './section';

const words: Readonly<Record<ChangeKind, string>> = {
  replace: 'is replaced',
  destroy: 'is destroyed',
  forget: 'stays, but is no longer managed',
  change: 'changes in place',
  add: 'is created',
  import: 'is imported',
  move: 'is moved',
};
/** As Terraform's plan shows them; it has none for what changes the state only. */
const marks: Readonly<Record<ChangeKind, string>> = {
  replace: '-/+',
  destroy: '-',
  forget: '.',
  change: '~',
  add: '+',
  import: '',
  move: '',
};
const createdFirst = '+/-';

/** One resource: a heading and its diff, which is folded unless something is lost. */
export function resourceSection(located: LocatedChange): Section {
  const { stack, kind, resource } = located;
  const lines = [...explanation(located), ...attributesOf(kind, resource)];
  const isLoss = kind === 'destroy' || kind === 'replace';
  const warning = isLoss && isStateful(resource.type) ? '⚠️ ' : '';
  const isCreatedFirst = kind === 'replace' && resource.change.actions[0] === 'create';
  const mark = isCreatedFirst ? createdFirst : marks[kind];
  const name = `${mark && `${code(mark)} `}${code(resource.address)}`;
  const deposed =
    resource.deposed === undefined ? '' : ` (deposed object ${code(resource.deposed)})`;
  const title = `${warning}${name}${deposed} ${words[kind]} (${code(stack, 80)})`;
  return isLoss ? openDiff(title, lines) : foldedDiff(title, lines);
}

/** Outputs that change: downstream stacks read them. */
export function outputSection(stack: string, plan: PlanDocument): readonly Section[] {
  const lines = Object.entries(plan.output_changes ?? {}).flatMap(([name, change]) =>
    change.actions.every((action) => action === 'no-op')
      ? []
      : attributeLines('change', attributeChanges(asAttribute(name, change))),
  );
  return lines.length > 0 ? [foldedDiff(`outputs of ${code(stack, 80)}`, lines)] : [];
}

export function openDiff(title: string, lines: readonly string[]): Section {
  const fence = fenceFor(lines);
  return { open: `${title}\n\n${fence}diff\n`, lines, close: `${fence}\n\n` };
}

function foldedDiff(title: string, lines: readonly string[]): Section {
  const fence = fenceFor(lines);
  return {
    open: `<details><summary>${title}</summary>\n\n${fence}diff\n`,
    lines,
    close: `${fence}\n\n</details>\n\n`,
  };
}

function attributesOf(kind: ChangeKind, { change }: PlannedResource): readonly string[] {
  // A forgotten resource loses nothing; its attributes must not look like deletions.
  if (kind === 'forget') return [];
  const lines = attributeLines(kind, attributeChanges(change));
  if (lines.length > 0 || kind === 'move' || kind === 'import') return lines;
  return ['  (no attribute of it to show)'];
}
