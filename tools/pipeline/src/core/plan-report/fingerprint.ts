import { createHash, createHmac } from 'node:crypto';
import type { PlanJson, PlannedResource } from '../terraform/plan-json';
import { kindOf } from '../terraform/change-kind';
import { attributeChanges, type AttributeChange } from './attribute-changes';

/** A change as a review records it. */
export interface ReviewedChange {
  readonly stack: string;
  readonly address: string;
  /** 12 characters of base64: 72 bits, enough for the few thousand changes that a review can have. */
  readonly hash: string;
}

/** Length of a change's hash in bytes; see {@link ReviewedChange}. */
export const hashBytes = 9;

/**
 * The changes of a plan, each with a hash of what would happen: address, actions, the attributes that change, and
 * which are unknown. Unchanged attributes are left out on purpose: an autoscaler that moves a value outside the
 * plan does not change what was approved. Sensitive values count like all others, so a different one is a different
 * change; without the key, nobody can find out a value by trying.
 * @param plan as Terraform has it
 * @param key the same for a review and the deploy that it is for; see review-key.ts
 */
export function changesIn(stack: string, plan: PlanJson, key: string): readonly ReviewedChange[] {
  return (plan.resource_changes ?? []).flatMap((resource) =>
    kindOf(resource)
      ? [{ stack, address: resource.address, hash: hashOf(stack, resource, key) }]
      : [],
  );
}

/** @returns SHA-256, in hex, of the set of changes; their order does not count */
export function fingerprintOf(changes: readonly ReviewedChange[]): string {
  return fingerprintOfHashes(new Set(changes.map(({ hash }) => hash)));
}

export function fingerprintOfHashes(hashes: ReadonlySet<string>): string {
  return createHash('sha256')
    .update([...hashes].toSorted().join('\n'))
    .digest('hex');
}

function hashOf(stack: string, resource: PlannedResource, key: string): string {
  const { address, previous_address: previous, deposed, change } = resource;
  // A destroyed resource loses its attributes, whatever their values are.
  const isDestroyed = kindOf(resource) === 'destroy';
  const everything = { ...change, before_sensitive: false, after_sensitive: false };
  const attributes = isDestroyed
    ? []
    : attributeChanges(everything).filter(isChanged).map(canonical);
  const agreed = JSON.stringify([
    stack,
    address,
    previous ?? null,
    deposed ?? null,
    change.importing?.id ?? null,
    change.actions,
    // Destroying another object at the same address is a different change.
    change.actions.includes('delete') ? identityOf(change.before) : null,
    attributes.toSorted(),
  ]);
  return createHmac('sha256', key)
    .update(agreed)
    .digest()
    .subarray(0, hashBytes)
    .toString('base64');
}

const isChanged = ({ changed }: AttributeChange) => changed;

function canonical({ path, before, after }: AttributeChange): string {
  return JSON.stringify([path, before, after]);
}

function identityOf(before: unknown): unknown {
  if (typeof before !== 'object' || before === null) return null;
  const { id, arn } = before as { id?: unknown; arn?: unknown };
  return id ?? arn ?? null;
}
