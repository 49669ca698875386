import { jsonParser } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { PipelineError } from '../errors';
import type { PlanDocument } from '../plan-report/plan-document';
import type { ReadReport } from '../plan-report/report';
import { describeUnreviewed } from './covered-by';
import { changesIn } from '../plan-report/fingerprint';

const schema = Type.Record(
  Type.String(),
  Type.Union([Type.Array(Type.String({ pattern: '^[A-Za-z0-9+/]{12}$' })), Type.Null()]),
);

/**
 * What a deploy may do: for each stack the hashes of its changes, or null where nobody could see them
 * yet. It was reviewed in the pull request, or somebody approved it knowing the plan; the deploy itself
 * runs later, and AWS may be another by then.
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
      'Give what `pipeline review` puts out as `changes`.',
      { cause },
    );
  }
}

export function approvedChangesOf({ stacks }: ReadReport): ApprovedChanges {
  return Object.fromEntries(
    stacks.map(({ stack, plan }) => [
      stack,
      plan ? changesIn(stack, plan).map(({ hash }) => hash) : null,
    ]),
  );
}

/**
 * @param plan redacted
 * @throws PipelineError `unapproved` where it would do more than what was approved
 */
export function assertApproved(approved: ApprovedChanges, stack: string, plan: PlanDocument): void {
  const known = Object.hasOwn(approved, stack) ? approved[stack] : [];
  if (!known) return;
  const more = changesIn(stack, plan).filter(({ hash }) => !known.includes(hash));
  if (more.length === 0) return;
  throw new PipelineError(
    'unapproved',
    describeUnreviewed(more),
    'Nothing of this stack was applied. Run the workflow again: it plans anew and asks whoever has to approve.',
  );
}
