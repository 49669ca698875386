import { accountOf, type Principal } from '../principal';
import type { PolicyStatement, PrincipalElement } from './policy';

/**
 * How a statement of a resource policy names a principal, from the widest to the closest:
 * - `account`: it leaves the decision to the policies of the account's principals;
 * - `role`: it names the role, so that boundary and session policies still limit the session;
 * - `session`: it names everyone or this session, and grants directly.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export type PrincipalMatch = 'account' | 'role' | 'session';

/** Undefined if the statement is about others. */
export function principalMatch(
  { principals, notPrincipals }: PolicyStatement,
  principal: Principal,
): PrincipalMatch | undefined {
  if (principals) return closestMatch(principals, principal);
  return notPrincipals && closestMatch(notPrincipals, principal) === undefined
    ? 'session'
    : undefined;
}

function closestMatch(element: PrincipalElement, principal: Principal): PrincipalMatch | undefined {
  const { AWS = [], Service = [], Federated = [] } = element;
  if (AWS.includes('*')) return 'session';
  switch (principal.kind) {
    case 'administrator':
    case 'anonymous':
      return undefined;
    case 'service':
      return Service.includes(principal.service) ? 'session' : undefined;
    case 'federated':
      return Federated.includes(principal.provider) ? 'session' : undefined;
    case 'role': {
      const account = accountOf(principal.arn);
      if (AWS.includes(principal.assumedRoleArn)) return 'session';
      if (AWS.includes(principal.arn)) return 'role';
      return AWS.includes(account) || AWS.includes(`arn:aws:iam::${account}:root`)
        ? 'account'
        : undefined;
    }
  }
}
