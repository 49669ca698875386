import type {
  DeniedRow,
  IamMode,
  PermissionRemoval,
  PermissionsPage,
  RecordedRequest,
  StatementRow,
} from '../../contract';
import type { Judgement } from '../../iam/decision/judge';
import { removalsOf } from '../../iam/decision/rejudge';
import type { RolePolicies } from '../../iam/directory/role-policies';
import type { NamedPolicy } from '../../iam/policy/policy';
import { matchesAction } from '../../iam/policy/statement-applies';
import type { RoleSession } from '../../iam/principal';

/** What the calls of roles asked for, and what became of it. */
export interface PermissionRecord {
  /** @param policies of the role at the time */
  called(principal: RoleSession, policies: RolePolicies | undefined): void;
  unmapped(operation: string): void;
  /** A call without a signature. */
  unsigned(operation: string): void;
  judged(role: string, judgement: Judgement, denial: string | undefined, now: Date): void;
  page(): PermissionsPage;
  removals(): readonly PermissionRemoval[];
}

export function permissionRecord(mode: IamMode): PermissionRecord {
  const callsOf = new Map<string, number>();
  const roles = new Map<string, { principal: RoleSession; policies: RolePolicies }>();
  const unmapped = new Map<string, number>();
  const unsigned = new Map<string, number>();
  const denied = new Map<string, DeniedRow>();
  const requests = new Map<string, RecordedRequest>();
  /** `<role> <policy> <index of the statement>` → action → how often it was allowed. */
  const exercised = new Map<string, Map<string, number>>();
  return {
    called: (principal, policies) => {
      count(callsOf, principal.arn);
      if (policies) roles.set(principal.arn, { principal, policies });
    },
    unmapped: (operation) => count(unmapped, operation),
    unsigned: (operation) => count(unsigned, operation),
    judged: (role, { request, decision }, reason, now) => {
      const { action, resource, context } = request;
      const recorded = { role, action, resource, context: withoutTime(context) };
      requests.set(JSON.stringify(recorded), recorded);
      if (decision.allowed)
        for (const { policy, index } of decision.by) {
          const key = `${role} ${policy} ${index}`;
          const counts = exercised.get(key) ?? new Map<string, number>();
          exercised.set(key, counts);
          count(counts, action);
        }
      else {
        const key = `${role} ${action} ${resource}`;
        const known = denied.get(key);
        const at = known?.at ?? now.toISOString();
        denied.set(key, {
          action,
          resource,
          role,
          reason: reason ?? decision.reason,
          count: (known?.count ?? 0) + 1,
          at,
        });
      }
    },
    page: () => ({
      mode,
      calls: [...callsOf.values()].reduce((sum, calls) => sum + calls, 0),
      denied: [...denied.values()],
      unmapped: countRows(unmapped),
      unsigned: countRows(unsigned),
      principals: [...callsOf].map(([arn, calls]) => ({ arn, calls })),
      statements: [...roles].flatMap(([role, { policies }]) =>
        policies.identity.flatMap((policy) => statementRows(role, policy, exercised)),
      ),
      requests: [...requests.values()],
    }),
    removals: () =>
      [...roles].flatMap(([role, { principal, policies }]) =>
        removalsOf(
          [...requests.values()].filter((request) => request.role === role),
          policies,
          principal,
        ).map(({ index: _, ...removal }) => ({ role, ...removal })),
      ),
  };
}

function statementRows(
  role: string,
  { name, statements }: NamedPolicy,
  exercised: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly StatementRow[] {
  return statements.flatMap(({ effect, sid, actions = [] }, index) => {
    if (effect === 'Deny') return [];
    const counts = [...(exercised.get(`${role} ${name} ${index}`) ?? [])];
    const rows = actions.map((pattern) => ({
      action: pattern,
      exercised: counts
        .filter(([action]) => matchesAction(pattern, action))
        .reduce((sum, [, times]) => sum + times, 0),
    }));
    return [
      {
        role,
        policy: name,
        ...(sid !== undefined && { sid }),
        actions: rows,
        exercised: counts.length > 0,
      },
    ];
  });
}

const withoutTime = (context: ReadonlyMap<string, readonly string[]>): RecordedRequest['context'] =>
  Object.fromEntries([...context].filter(([key]) => !/^aws:(current|epoch)time$/.test(key)));

const countRows = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([operation, times]) => ({ operation, count: times }));

const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);
