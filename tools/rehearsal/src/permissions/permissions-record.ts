import type { PermissionRemoval, PermissionsPage } from '@clarity/local-cloud/client';
import { isAbout, type NeverExercised } from './never-exercised';

/** `permissions` in report.json: what roles asked for, and what their policies allow. */
export interface PermissionsRecord {
  /** Whether a denied call fails, as in AWS. */
  readonly enforced: boolean;
  /** Calls by roles. */
  readonly calls: number;
  readonly denied: readonly DeniedCall[];
  /** Every Allow statement of a role that made calls. */
  readonly statements: readonly ExercisedStatement[];
  /** What the rehearsal would notice if a policy lost one of the actions that it used. */
  readonly removals: { readonly actions: number; readonly noticed: number };
}

export interface DeniedCall {
  /** Name of the role. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
  readonly count: number;
}

export interface ExercisedStatement {
  /** Name of the role. */
  readonly role: string;
  /** Its `Sid`, or the name of its policy if it has none. */
  readonly sid: string;
  readonly exercised: boolean;
  /** Why no rehearsal exercises it. */
  readonly reason?: string;
}

/**
 * @param removals of single actions from the policies, judged by the calls that were recorded
 * @param known statements that no rehearsal exercises, with the reason
 */
export function permissionsRecord(
  { mode, calls, denied, statements }: PermissionsPage,
  removals: readonly PermissionRemoval[],
  known: readonly NeverExercised[],
): PermissionsRecord {
  return {
    enforced: mode === 'enforce',
    calls,
    denied: denied.map(({ role, action, resource, reason, count }) => ({
      role: nameOf(role),
      action,
      resource,
      reason,
      count,
    })),
    statements: statements.map(({ role, policy, sid = policy, exercised }) => {
      const name = nameOf(role);
      const found = exercised ? undefined : known.find((each) => isAbout(each, name, sid));
      return { role: name, sid, exercised, ...(found && { reason: found.reason }) };
    }),
    removals: {
      actions: removals.filter(({ exercised }) => exercised).length,
      noticed: removals.filter(({ exercised, noticed }) => exercised && noticed).length,
    },
  };
}

/** Statements that nothing used and that no reason explains: grants that may be superfluous. */
export function unexplained({ statements }: PermissionsRecord): readonly ExercisedStatement[] {
  return statements.filter(({ exercised, reason }) => !exercised && reason === undefined);
}

/** Reasons that explain no statement: those are gone, or the rehearsal exercises them after all. */
export const stale = (
  { statements }: PermissionsRecord,
  known: readonly NeverExercised[],
): readonly NeverExercised[] =>
  known.filter(
    (reason) =>
      !statements.some(({ role, sid, exercised }) => !exercised && isAbout(reason, role, sid)),
  );

const nameOf = (arn: string) => arn.split('/').at(-1) ?? arn;
