import { kindOf, type ChangeKind } from '../terraform/change-kind';
import { attributeChanges } from './attribute-changes';
import { attributeLines } from './attribute-lines';
import { isStateful } from './loss';
import type { PlanDocument, PlannedResource } from './plan-document';
import { asAttribute } from './redact';
import { clipped, code, fenceFor, visible } from './safe-text';
import type { Section } from './section';

/** A change of a resource, with its stack. */
export interface LocatedChange {
  readonly stack: string;
  readonly kind: ChangeKind;
  readonly resource: PlannedResource;
}

export function changesOf(stack: string, plan: PlanDocument): readonly LocatedChange[] {
  return (plan.resource_changes ?? []).flatMap((resource) => {
    const kind = kindOf(resource);
    return kind ? [{ stack, kind, resource }] : [];
  });
}

const words: Readonly<Record<ChangeKind, string>> = {
  replace: 'is replaced',
  destroy: 'is destroyed',
  forget: 'stays, but is no longer managed',
  change: 'changes in place',
  add: 'is created',
  import: 'is imported',
  move: 'is moved',
};
const marks: Readonly<Record<ChangeKind, string>> = {
  replace: '-/+',
  destroy: '-',
  forget: '.',
  change: '~',
  add: '+',
  import: '<=',
  move: '→',
};

/** One resource: a heading and its diff, which is folded unless something is lost. */
export function resourceSection({ stack, kind, resource }: LocatedChange): Section {
  const lines = [...preface(kind, resource), ...attributesOf(kind, resource)];
  const isLoss = kind === 'destroy' || kind === 'replace';
  const mark = isLoss && isStateful(resource.type) ? '⚠️ ' : '';
  const title = `${mark}${code(marks[kind])} ${code(resource.address)} ${words[kind]} (${code(stack, 80)})`;
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

function preface(kind: ChangeKind, resource: PlannedResource): readonly string[] {
  const { previous_address: previous, change, address } = resource;
  const name = (text: string) => visible(clipped(text, 200));
  return [
    ...(previous === undefined ? [] : [`# moved from ${name(previous)} to ${name(address)}`]),
    ...(change.importing
      ? [`# imported from ${name(change.importing.id ?? 'an unknown id')}`]
      : []),
    ...(kind === 'forget' ? ['# removed from the state; nothing is destroyed'] : []),
  ];
}
