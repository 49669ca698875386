import type { AttributeChange, Shown } from './attribute-changes';
import type { ChangeKind } from '../terraform/change-kind';
import { hidden } from './redact';
import { clipped, visible } from './safe-text';

/** UTF-16 units of a value that are shown, around the first difference if there is one. */
const valueLimit = 1_000;
const pathLimit = 300;
/** How much of the common start of two long values is shown. */
const lead = 80;

/** The lines of a diff for one resource. */
export function attributeLines(
  kind: ChangeKind,
  attributes: readonly AttributeChange[],
): readonly string[] {
  const isWhole = kind === 'add' || kind === 'destroy';
  const shownOnes = attributes.filter(({ changed }) => isWhole || changed);
  // A long list of "known after apply" lines is of no use.
  const isJustUnknown = (each: AttributeChange) =>
    kind === 'add' && each.after.is === 'unknown' && !each.forcesReplacement;
  const unknown = shownOnes.filter(isJustUnknown);
  const lines = shownOnes
    .filter((each) => !isJustUnknown(each))
    .flatMap((each) => linesOf(kind, each));
  if (unknown.length > 0)
    lines.push(clipped(`  known after apply: ${unknown.map(pathOf).join(', ')}`, valueLimit));
  const same = attributes.length - shownOnes.length;
  if (same > 0 && lines.length > 0)
    lines.push(`  (${same} unchanged ${same === 1 ? 'attribute' : 'attributes'} not shown)`);
  return lines;
}

function linesOf(kind: ChangeKind, attribute: AttributeChange): string[] {
  const { before, after, forcesReplacement } = attribute;
  const start = Math.max(0, firstDifference(before, after) - lead);
  const why = forcesReplacement ? '  # forces replacement' : '';
  const path = pathOf(attribute);
  return [
    ...(before.is === 'absent' ? [] : [`- ${path} = ${valueText(before, start)}`]),
    ...(after.is === 'absent' || kind === 'destroy'
      ? []
      : [`+ ${path} = ${valueText(after, start)}${why}`]),
  ];
}

function pathOf({ path }: AttributeChange): string {
  return visible(clipped(path, pathLimit));
}

function valueText(value: Shown, start: number): string {
  if (value.is !== 'value') return value.is === 'unknown' ? '(known after apply)' : hidden;
  const text = written(value.value);
  const from = text.length - start > valueLimit || start > lead * 4 ? start : 0;
  const skipped = from > 0 ? `(${from} characters) …` : '';
  return skipped + visible(clipped(text.slice(from).replace(/^[\udc00-\udfff]/, ''), valueLimit));
}

/** Index of the first difference of two values, or 0 if they cannot be compared. */
function firstDifference(before: Shown, after: Shown): number {
  if (before.is !== 'value' || after.is !== 'value') return 0;
  const [a, b] = [written(before.value), written(after.value)];
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

/** As Terraform writes it, which is JSON; line breaks are escaped. */
function written(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
