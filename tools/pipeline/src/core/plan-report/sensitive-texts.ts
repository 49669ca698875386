import type { PlanJson } from '../terraform/plan-json';
import { isContainer, keysOf, markOf, valueAt } from './json-shape';
import { markKnownSecrets } from './known-secrets';

/**
 * Shorter texts are hidden only at the places that are marked. "true", "eu" or "enabled" can be marked, but to hide
 * them everywhere would make a plan unreadable and keep no secret: 8 characters are the least that NIST allows for a
 * password (SP 800-63B, 5.1.1.1).
 */
const shortestSecret = 8;

/** A name and not a secret, even if it is marked. */
const isArn = (text: string) => /^arn:aws[\w-]*:/.test(text);

/**
 * CDKTF marks every value that one stack reads of another, most of which are names. It is a secret if the attribute that
 * it comes from is marked too.
 */
const isCrossStack = (output: string) => output.startsWith('cross-stack-output-');

/** The texts that are sensitive anywhere in these plans, in the order in which they occur. */
export function sensitiveTexts(plans: readonly PlanJson[]): readonly string[] {
  const found = new Set<string>();
  for (const plan of plans.map(markKnownSecrets)) {
    const changes = [
      ...[...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(
        ({ change }) => change,
      ),
      ...Object.entries(plan.output_changes ?? {}).flatMap(([output, change]) =>
        isCrossStack(output) ? [] : [change],
      ),
    ];
    for (const change of changes) {
      collect(change.before, change.before_sensitive, found);
      collect(change.after, change.after_sensitive, found);
    }
  }
  return [...found];
}

function collect(value: unknown, marks: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (marks === true && value.length >= shortestSecret && !isArn(value)) found.add(value);
    return;
  }
  for (const key of keysOf(value)) collect(valueAt(value, key), markOf(marks, key), found);
}

/**
 * Replaces these texts in every text of a value, also inside longer ones and inside JSON. Each has a number, so that a
 * reader sees if another took its place.
 */
export function hideTexts<Value>(value: Value, texts: readonly string[]): Value {
  const numbers = new Map(
    texts.flatMap((text, index) =>
      [text, JSON.stringify(text).slice(1, -1)].map((written) => [written, index + 1] as const),
    ),
  );
  if (numbers.size === 0) return value;
  const longestFirst = [...numbers.keys()].toSorted((a, b) => b.length - a.length);
  const any = new RegExp(longestFirst.map(escaped).join('|'), 'g');
  const hide = (text: string) =>
    text.replace(any, (found) => `(sensitive value ${numbers.get(found)})`);
  return inEveryText(value, hide) as Value;
}

function inEveryText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => inEveryText(each, change));
  if (!isContainer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, inEveryText(each, change)]),
  );
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
