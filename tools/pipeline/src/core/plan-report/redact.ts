import { isDeepStrictEqual } from 'node:util';
import type { PlanJson } from '../terraform/plan-json';
import { isContainer, isNothing, keysOf, markOf, valueAt } from './json-shape';
import { markKnownSecrets } from './known-secrets';
import type { PlanDocument, PlannedChange } from './plan-document';
import { hideTexts, sensitiveTexts } from './sensitive-texts';

/** Shown instead of a secret value. */
export const hidden = '(sensitive value)';
/** Shown instead of a secret value that the plan changes, which a reviewer may know. */
const hiddenAfter = '(sensitive value, changed)';

/**
 * A plan that may leave the runner: only the parts that a review reads, without sensitive values.
 * `terraform show -json` prints those in clear text, and artifacts outlive the run. Hidden is what Terraform marks,
 * what is known to be a secret, and the same text anywhere else. Whether a sensitive value changes is kept, because
 * it is reviewed.
 * @param texts also hidden, e.g. because another stack marks them
 */
export function redactPlan(
  plan: PlanJson,
  texts: readonly string[] = sensitiveTexts([plan]),
): PlanDocument {
  const { resource_changes, output_changes, resource_drift, checks } = markKnownSecrets(plan);
  return hideTexts(
    {
      ...(resource_changes ? { resource_changes: resource_changes.map(withoutMarked) } : {}),
      ...(resource_drift ? { resource_drift: resource_drift.map(withoutMarked) } : {}),
      ...(output_changes
        ? {
            output_changes: Object.fromEntries(
              Object.entries(output_changes).map(([name, change]) => [name, hideMarked(change)]),
            ),
          }
        : {}),
      ...(checks ? { checks } : {}),
    },
    texts,
  );
}

/** The output as an attribute of that name, so that it is shown and compared like one. */
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

function withoutMarked<R extends { readonly change: PlannedChange }>(resource: R): R {
  return { ...resource, change: hideMarked(resource.change) };
}

function hideMarked(change: PlannedChange): PlannedChange {
  const { before_sensitive, after_sensitive } = change;
  const [before, after] = hidePair(
    [change.before, change.after],
    [before_sensitive, after_sensitive],
  );
  return { ...change, before, after };
}

type Pair = readonly [before: unknown, after: unknown];

function hidePair([before, after]: Pair, marks: Pair): Pair {
  if (marks.includes(true)) {
    const changed = !isDeepStrictEqual(before ?? null, after ?? null);
    return [
      isNothing(before) ? before : hidden,
      isNothing(after) ? after : changed && !isNothing(before) ? hiddenAfter : hidden,
    ];
  }
  const parts = new Map(
    [...new Set([before, after].flatMap(keysOf))].map((key) => [
      key,
      hidePair(
        [valueAt(before, key), valueAt(after, key)],
        [markOf(marks[0], key), markOf(marks[1], key)],
      ),
    ]),
  );
  return [rebuild(before, 0, parts), rebuild(after, 1, parts)];
}

function rebuild(value: unknown, side: 0 | 1, parts: ReadonlyMap<string, Pair>): unknown {
  if (!isContainer(value)) return value;
  const entries = keysOf(value).map((key) => [key, parts.get(key)?.[side]] as const);
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}
