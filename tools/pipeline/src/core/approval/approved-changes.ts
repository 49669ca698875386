import { jsonParser } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { PipelineError } from '../../errors';
import type { ReviewedChange } from '../plan-report/fingerprint';
import type { ReadReport } from '../plan-report/report';
import { describeUnreviewed } from './covered-by';

const schema = Type.Record(
  Type.String(),
  Type.Union([Type.Array(Type.String({ pattern: '^[A-Za-z0-9+/]{12}$' })), Type.Null()]),
);

/**
 * What a deploy may change: for each stack the hashes of its changes, or null if they could not be planned.
 * They were reviewed in the pull request, or approved with the plan in view. The deploy runs later, when
 * AWS may have changed.
 */
export type ApprovedChanges = Readonly<Static<typeof schema>>;

const parse = jsonParser('approved changes', schema);

/** @throws PipelineError `usage` */
export function parseApprovedChanges(text: string): ApprovedChanges {
  try {
    return parse(text);
  } catch (cause) {
    throw new PipelineError(
      'usage',
      'The approved changes are malformed.',
      'Give the output `changes` of `pipeline review`.',
      { cause },
    );
  }
}

export function approvedChangesOf({ stacks, changes }: ReadReport): ApprovedChanges {
  return Object.fromEntries(
    stacks.map(({ stack, plan }) => [
      stack,
      plan ? changes.filter((each) => each.stack === stack).map(({ hash }) => hash) : null,
    ]),
  );
}

/**
 * @param changes of the stack's plan
 * @throws PipelineError `unapproved` if they go beyond the approved ones
 */
export function assertApproved(
  approved: ApprovedChanges,
  stack: string,
  changes: readonly ReviewedChange[],
): void {
  const known = Object.hasOwn(approved, stack) ? approved[stack] : [];
  if (!known) return;
  const more = changes.filter(({ hash }) => !known.includes(hash));
  if (more.length === 0) return;
  throw new PipelineError(
    'unapproved',
    describeUnreviewed(more),
    'This stack was not applied. Run the workflow again: it makes a new plan and asks for approval.',
  );
}
