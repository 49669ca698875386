import { matchesWildcard } from '../../balancer/rules/wildcard';
import { holds } from './holds';
import { matchesArn } from './match-arn';
import type { AccessRequest, PolicyStatement } from './policy';
import { resolveVariables } from './policy-variables';

/** Whether a statement is about a request, apart from its principals. */
export function statementApplies(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    concernsAction(statement, request.action) &&
    concernsResource(statement, request) &&
    statement.conditions.every((condition) => holds(condition, request.context))
  );
}

/** Whether an entry of `Action` covers an action; neither distinguishes case. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesWildcard(pattern.toLowerCase(), action.toLowerCase());

function concernsAction({ actions, notActions = [] }: PolicyStatement, action: string): boolean {
  const listed = (actions ?? notActions).some((pattern) => matchesAction(pattern, action));
  return listed === (actions !== undefined);
}

function concernsResource(
  { resources, notResources }: PolicyStatement,
  { resource, context }: AccessRequest,
): boolean {
  const patterns = resources ?? notResources;
  // A trust policy has no resource: it is about the role that has it.
  if (!patterns) return true;
  const listed = patterns.some((text) => {
    const pattern = resolveVariables(text, context);
    return pattern !== undefined && matchesArn(pattern, resource);
  });
  return listed === (resources !== undefined);
}
