import type { Judgement } from './decision/judge';
import type { PolicyKind } from './decision/evaluate';

/**
 * AWS's sentence for a denied request: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @returns undefined if the request is allowed
 */
export function denialMessage({ request, decision }: Judgement, user: string): string | undefined {
  if (decision.allowed) return undefined;
  const { action, resource } = request;
  const reasons = {
    'explicit-deny': `with an explicit deny in ${kinds[decision.by?.kind ?? 'identity']}`,
    'no-allow': `because no identity-based policy allows the ${action} action`,
    boundary: `because no permissions boundary allows the ${action} action`,
    session: `because no session policy allows the ${action} action`,
    'resource-policy': `because no resource-based policy allows the ${action} action`,
  };
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reasons[decision.reason]}`;
}

const kinds: Readonly<Record<PolicyKind, string>> = {
  identity: 'an identity-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  resource: 'a resource-based policy',
};
