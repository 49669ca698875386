import type { PolicyDirectory } from '../directory/policy-directory';
import type { AccessRequest } from '../policy/policy';
import { accountOf, roleName, type RoleSession } from '../principal';
import { accessRequests } from '../request/access-requests';
import type { AwsCall } from '../request/aws-call';
import { contextFrom } from '../request/context-keys';
import { evaluate, type Decision } from './evaluate';

/** What one access request of a call came to. */
export interface Judgement {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

export interface JudgedCall {
  readonly judgements: readonly Judgement[];
  /** Actions that the service authorization reference does not have. */
  readonly unmapped: readonly string[];
}

/** Judges a call of a role by every policy that counts. */
export async function judgeCall(
  call: AwsCall,
  principal: RoleSession,
  directory: PolicyDirectory,
  now: Date,
): Promise<JudgedCall> {
  const { requests, unmapped } = await accessRequests(await directory.complete(call));
  const role = await directory.role(roleName(principal.arn));
  const ofPrincipal = principalKeys(principal, now);
  const judgements = await Promise.all(
    requests.map(async ({ action, resource, context }) => {
      const request = { action, resource, context: new Map([...context, ...ofPrincipal]) };
      const resourcePolicy = await policyOf(request, directory);
      const policies = {
        identity: role?.identity ?? [],
        ...(role?.boundary && { boundary: role.boundary }),
        ...(resourcePolicy && { resource: resourcePolicy }),
      };
      return { request, decision: evaluate(request, policies, principal) };
    }),
  );
  return { judgements, unmapped };
}

/** The trust policy of a role that is assumed; otherwise the policy of the resource. */
async function policyOf({ action, resource }: AccessRequest, directory: PolicyDirectory) {
  if (action.startsWith('sts:AssumeRole')) return (await directory.role(roleName(resource)))?.trust;
  return action === 'iam:PassRole' ? undefined : directory.resource(resource);
}

const principalKeys = ({ arn, assumedRoleArn }: RoleSession, now: Date) =>
  contextFrom([
    ['aws:PrincipalArn', [arn]],
    ['aws:PrincipalAccount', [accountOf(arn)]],
    ['aws:PrincipalType', ['AssumedRole']],
    ['aws:userid', [assumedRoleArn]],
    ['aws:CurrentTime', [now.toISOString()]],
    ['aws:EpochTime', [String(Math.floor(now.getTime() / 1_000))]],
  ]);
