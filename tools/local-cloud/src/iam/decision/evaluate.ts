import type { AccessRequest, NamedPolicy, PolicyStatement } from '../policy/policy';
import { principalMatch, type PrincipalMatch } from '../policy/principal-match';
import { statementApplies } from '../policy/statement-applies';
import type { Principal } from '../principal';

/** Every policy that counts in one request. */
export interface Policies {
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  readonly session?: NamedPolicy;
  /** Of the resource; for `sts:AssumeRole…` the trust policy of the role. */
  readonly resource?: NamedPolicy;
}

export type PolicyKind = keyof Policies;

/** A statement that decided. */
export interface StatementRef {
  readonly kind: PolicyKind;
  readonly policy: string;
  readonly sid?: string;
  /** Its place in the policy. */
  readonly index: number;
}

export type DenialReason =
  | 'explicit-deny'
  | 'no-allow'
  | 'boundary'
  | 'session'
  /** No statement of the KMS key policy, or of the trust policy, is about this principal and action. */
  | 'resource-policy';

export type Decision =
  | { readonly allowed: true; readonly by: readonly StatementRef[] }
  | { readonly allowed: false; readonly reason: DenialReason; readonly by?: StatementRef };

/**
 * Decides a request within one account, in the order that AWS documents:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(
  request: AccessRequest,
  policies: Policies,
  principal: Principal,
): Decision {
  if (principal.kind === 'administrator') return { allowed: true, by: [] };
  const applying = allPolicies(policies).flatMap(([kind, policy]) =>
    applyingStatements(kind, policy, request, principal),
  );
  const denial = applying.find(({ statement }) => statement.effect === 'Deny');
  if (denial) return { allowed: false, reason: 'explicit-deny', by: denial.ref };

  const allowed = (kind: PolicyKind) => applying.some(({ ref }) => ref.kind === kind);
  const granted = (match: PrincipalMatch) => applying.some(({ named }) => named === match);
  const by = applying.filter(({ named }) => named !== 'account').map(({ ref }) => ref);
  if (granted('session')) return { allowed: true, by };
  if (policies.resource && resourceDecides(request) && !allowed('resource'))
    return { allowed: false, reason: 'resource-policy' };
  if (!allowed('identity') && !granted('role')) return { allowed: false, reason: 'no-allow' };
  for (const limit of ['boundary', 'session'] as const)
    if (policies[limit] && !allowed(limit)) return { allowed: false, reason: limit };
  return { allowed: true, by };
}

/** Keys and roles are closed to their own account unless their policy opens them. */
const resourceDecides = ({ action }: AccessRequest): boolean => /^(kms|sts):/i.test(action);

const allPolicies = ({ identity, boundary, session, resource }: Policies) =>
  [
    ...identity.map((policy) => ['identity', policy] as const),
    ['boundary', boundary],
    ['session', session],
    ['resource', resource],
  ] as const;

interface Applying {
  readonly statement: PolicyStatement;
  readonly ref: StatementRef;
  /** How a resource policy names the principal. */
  readonly named?: PrincipalMatch;
}

function applyingStatements(
  kind: PolicyKind,
  policy: NamedPolicy | undefined,
  request: AccessRequest,
  principal: Principal,
): readonly Applying[] {
  return (policy?.statements ?? []).flatMap((statement, index) => {
    const named = kind === 'resource' ? principalMatch(statement, principal) : undefined;
    if (kind === 'resource' && !named) return [];
    if (!statementApplies(statement, request)) return [];
    const { sid } = statement;
    const ref = { kind, policy: policy?.name ?? '', index, ...(sid !== undefined && { sid }) };
    return [{ statement, ref, ...(named && { named }) }];
  });
}
