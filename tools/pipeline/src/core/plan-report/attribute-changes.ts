import { isDeepStrictEqual } from 'node:util';
import type { PlannedChange } from './plan-document';
import {
  containsTrue,
  isContainer,
  isNothing,
  isRecord,
  keysOf,
  markOf,
  opened,
  valueAt,
} from './json-shape';

/** One leaf attribute of a resource, e.g. `tags.Owner` or `policy.Statement[0].Action`. */
export interface AttributeChange {
  readonly path: string;
  readonly before: Shown;
  readonly after: Shown;
  readonly changed: boolean;
  /** Whether its change is why the resource is replaced. */
  readonly forcesReplacement: boolean;
}

/** What may be shown of a value. A hidden value is not in here. */
export type Shown =
  | { readonly is: 'absent' | 'hidden' | 'unknown' }
  | { readonly is: 'value'; readonly value: unknown };

const absent: Shown = { is: 'absent' };

interface Place {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly beforeMarks: unknown;
  readonly afterMarks: unknown;
  readonly unknown: unknown;
  readonly replaces: readonly (readonly (string | number)[])[];
}

/**
 * Every leaf of a planned change. JSON inside strings (policies, container definitions) is parsed, so that a
 * changed line of a policy shows as that line.
 */
export function attributeChanges(change: PlannedChange): readonly AttributeChange[] {
  return leavesAt({
    path: '',
    before: change.before ?? undefined,
    after: change.after ?? undefined,
    beforeMarks: change.before_sensitive,
    afterMarks: change.after_sensitive,
    // After a deletion nothing is unknown.
    unknown: change.after_unknown,
    replaces: change.replace_paths ?? [],
  });
}

function leavesAt(place: Place): readonly AttributeChange[] {
  const { path, before, after, unknown } = place;
  if (isNothing(before) && isNothing(after) && !containsTrue(unknown)) return [];
  if (place.beforeMarks === true || place.afterMarks === true) return [hiddenLeaf(place)];
  if (unknown === true) return becomesUnknown(place);

  const [openBefore, openAfter] = [opened(before), opened(after)];
  const parts = [openBefore, openAfter].filter((part) => !isNothing(part));
  if (parts.length === 0 && typeof unknown === 'object')
    return within({ ...place, before: undefined, after: undefined });
  if (parts.every(isRecord) || parts.every(Array.isArray)) {
    const inside = within({ ...place, before: openBefore, after: openAfter });
    if (inside.length > 0 && !differsInWritingOnly(place, inside)) return inside;
  } else if (parts.some(isContainer)) {
    // E.g. a text becomes an object.
    return [
      ...leavesAt({ ...place, after: undefined, unknown: false }),
      ...leavesAt({ ...place, before: undefined }),
    ];
  }
  return [leaf(place, shown(before), shown(after), !isDeepStrictEqual(before, after), path)];
}

/** The same JSON in another layout is a change to Terraform, so the reader must see it. */
function differsInWritingOnly({ before, after }: Place, inside: readonly AttributeChange[]) {
  return (
    typeof before === 'string' &&
    typeof after === 'string' &&
    before !== after &&
    inside.every(({ changed }) => !changed)
  );
}

function within(place: Place): readonly AttributeChange[] {
  const { path, before, after, beforeMarks, afterMarks, unknown, replaces } = place;
  const isList = Array.isArray(before ?? after ?? unknown);
  const keys = new Set([before, after, unknown].flatMap(keysOf));
  return [...keys].flatMap((key) =>
    leavesAt({
      path: joined(path, key, isList),
      before: valueAt(before, key),
      after: valueAt(after, key),
      beforeMarks: markOf(beforeMarks, key),
      afterMarks: markOf(afterMarks, key),
      unknown: markOf(unknown, key),
      replaces: replaces
        .filter(([first]) => first === undefined || String(first) === key)
        .map((rest) => rest.slice(1)),
    }),
  );
}

function hiddenLeaf(place: Place): AttributeChange {
  const { before, after, unknown, path } = place;
  const changed = containsTrue(unknown) || !isDeepStrictEqual(before ?? null, after ?? null);
  const shown = (value: unknown): Shown => (isNothing(value) ? absent : { is: 'hidden' });
  const afterwards = containsTrue(unknown) ? ({ is: 'unknown' } as const) : shown(after);
  return leaf(place, shown(before), afterwards, changed, path);
}

function becomesUnknown(place: Place): readonly AttributeChange[] {
  const afterwards: Shown = { is: 'unknown' };
  if (!isContainer(opened(place.before)))
    return [leaf(place, shown(place.before), afterwards, true, place.path)];
  return [
    ...leavesAt({ ...place, after: undefined, unknown: false }),
    leaf(place, absent, afterwards, true, place.path),
  ];
}

function leaf(place: Place, before: Shown, after: Shown, changed: boolean, path: string) {
  const forcesReplacement = changed && place.replaces.some((rest) => rest.length === 0);
  return { path, before, after, changed, forcesReplacement };
}

function shown(value: unknown): Shown {
  return isNothing(value) ? absent : { is: 'value', value };
}

function joined(path: string, key: string, isList: boolean): string {
  if (isList) return `${path}[${key}]`;
  const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}
