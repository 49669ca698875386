import { isDeepStrictEqual } from 'node:util';
import { isContainer, isNothing, keysOf, opened, valueAt } from './json-shape';
import type { PlanDocument, PlannedChange } from './plan-document';
import { hidden, hiddenAfter, isHiddenKey, markOf } from './sensitivity';

/**
 * A plan that may leave the runner: only the parts that a review reads, without sensitive values.
 * `terraform show -json` prints those in clear text, and artifacts outlive the run. Whether a sensitive
 * value changes is kept, because it is reviewed.
 */
export function redactPlan(plan: PlanDocument): PlanDocument {
  const { resource_changes: resources, output_changes: outputs, resource_drift: drift } = plan;
  const withoutSecrets = <R extends { readonly change: PlannedChange }>(resource: R) => ({
    ...resource,
    change: redactChange(resource.change),
  });
  return {
    ...(resources ? { resource_changes: resources.map(withoutSecrets) } : {}),
    ...(drift ? { resource_drift: drift.map(withoutSecrets) } : {}),
    ...(outputs
      ? {
          output_changes: Object.fromEntries(
            Object.entries(outputs).map(([name, change]) => [name, redactOutput(name, change)]),
          ),
        }
      : {}),
  };
}

function redactOutput(name: string, change: PlannedChange): PlannedChange {
  const wrapped = redactChange(asAttribute(name, change));
  return {
    ...change,
    before: valueAt(wrapped.before, name),
    after: valueAt(wrapped.after, name),
  };
}

/** The output as an attribute of that name, so that it is shown, hidden and compared like one. */
export function asAttribute(name: string, change: PlannedChange): PlannedChange {
  const under = (value: unknown) => ({ [name]: value });
  return {
    actions: change.actions,
    before: under(change.before),
    after: under(change.after),
    after_unknown: under(change.after_unknown),
    before_sensitive: under(change.before_sensitive),
    after_sensitive: under(change.after_sensitive),
  };
}

function redactChange(change: PlannedChange): PlannedChange {
  const { before, after, before_sensitive, after_sensitive } = change;
  const pair = redactPair([before, after], [before_sensitive, after_sensitive], false);
  return { ...change, before: pair[0], after: pair[1] };
}

type Pair = readonly [before: unknown, after: unknown];

function redactPair([before, after]: Pair, marks: Pair, isHidden: boolean): Pair {
  if (isHidden || marks.includes(true)) {
    const changed = !isDeepStrictEqual(before ?? null, after ?? null);
    return [
      isNothing(before) ? before : hidden,
      isNothing(after) ? after : changed && !isNothing(before) ? hiddenAfter : hidden,
    ];
  }
  const inside: Pair = [opened(before), opened(after)];
  if (!inside.some(isContainer)) return [before, after];
  const parts = new Map(
    [...new Set(inside.flatMap(keysOf))].map((key) => [
      key,
      redactPair(
        [valueAt(inside[0], key), valueAt(inside[1], key)],
        [markOf(marks[0], key), markOf(marks[1], key)],
        !Array.isArray(inside[0] ?? inside[1]) && isHiddenKey(key, ...inside),
      ),
    ]),
  );
  const rebuilt = ([0, 1] as const).map((side) => rebuild(inside[side], side, parts));
  return [asWritten(before, inside[0], rebuilt[0]), asWritten(after, inside[1], rebuilt[1])];
}

function rebuild(container: unknown, side: 0 | 1, parts: ReadonlyMap<string, Pair>): unknown {
  if (!isContainer(container)) return container;
  const entries = keysOf(container).map((key) => [key, parts.get(key)?.[side]] as const);
  return Array.isArray(container) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** JSON inside a string stays a string, with its layout unless something was hidden. */
function asWritten(original: unknown, inside: unknown, redacted: unknown): unknown {
  if (typeof original !== 'string' || !isContainer(inside)) return redacted;
  return isDeepStrictEqual(inside, redacted) ? original : JSON.stringify(redacted);
}

/** The sensitive texts of a plan, for the log to mask. Very short ones are left out. */
export function sensitiveTexts(plan: PlanDocument): readonly string[] {
  const found = new Set<string>();
  const changes = [
    ...(plan.resource_changes ?? []).map(({ change }) => change),
    ...Object.entries(plan.output_changes ?? {}).map(([name, change]) => asAttribute(name, change)),
  ];
  for (const change of changes) {
    collect(change.before, change.before_sensitive, found);
    collect(change.after, change.after_sensitive, found);
  }
  return [...found];
}

/** Masking "true" or "eu" would make a log unreadable and hide nothing. */
const shortestSecret = 6;

function collect(value: unknown, marks: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (marks === true && value.length >= shortestSecret) found.add(value);
    return;
  }
  for (const key of keysOf(value)) collect(valueAt(value, key), markOf(marks, key), found);
}
