import type { RecordedRequest } from '../../contract';
import type { NamedPolicy, PolicyStatement } from '../policy/policy';
import { matchesAction } from '../policy/statement-applies';
import type { RoleSession } from '../principal';
import { evaluate, type Policies } from './evaluate';

/** One entry of `Action` in an Allow statement. */
export interface ActionEntry {
  readonly policy: string;
  readonly sid?: string;
  /** Place of the statement in its policy. */
  readonly index: number;
  readonly action: string;
}

/** What removing an entry would have done to the recorded requests. */
export interface Removal extends ActionEntry {
  /** Its statement allowed a request for such an action. */
  readonly exercised: boolean;
  /** Some request that is allowed would have been denied. */
  readonly noticed: boolean;
}

/**
 * Removes each action of each Allow statement of a role's identity policies alone, and judges the recorded requests
 * again.
 * @param requests of this role
 */
export function removalsOf(
  requests: readonly RecordedRequest[],
  policies: Policies,
  principal: RoleSession,
): readonly Removal[] {
  const asked = requests.map(({ action, resource, context }) => ({
    action,
    resource,
    context: new Map(Object.entries(context)),
  }));
  const allowed = asked.filter((request) => evaluate(request, policies, principal).allowed);
  return entriesOf(policies.identity).map((entry) => {
    const concerned = allowed.filter(({ action }) => matchesAction(entry.action, action));
    const without = { ...policies, identity: removeEntry(policies.identity, entry) };
    const decisions = concerned.map((request) => evaluate(request, policies, principal));
    return {
      ...entry,
      exercised: decisions.some(
        (decision) =>
          decision.allowed &&
          decision.by.some(({ policy, index }) => policy === entry.policy && index === entry.index),
      ),
      noticed: concerned.some((request) => !evaluate(request, without, principal).allowed),
    };
  });
}

function entriesOf(policies: readonly NamedPolicy[]): readonly ActionEntry[] {
  return policies.flatMap(({ name, statements }) =>
    statements.flatMap(({ effect, sid, actions = [] }, index) =>
      effect === 'Deny'
        ? []
        : actions.map((action) => ({
            policy: name,
            index,
            action,
            ...(sid !== undefined && { sid }),
          })),
    ),
  );
}

const removeEntry = (
  policies: readonly NamedPolicy[],
  { policy, index, action }: ActionEntry,
): readonly NamedPolicy[] =>
  policies.map((each) =>
    each.name === policy
      ? {
          ...each,
          statements: each.statements.map((statement, place) =>
            place === index ? withoutAction(statement, action) : statement,
          ),
        }
      : each,
  );

const withoutAction = (statement: PolicyStatement, action: string): PolicyStatement => ({
  ...statement,
  actions: (statement.actions ?? []).filter((each) => each !== action),
});
