import { type Conditions, policyDocument } from './policy-document';
import { wildcardResources } from './wildcard-resources';

/** IAM's size limit of a managed policy in characters, not counting white space. */
export const longestPolicy = 6_144;

/** A reference such as `${aws_kms_key.state.arn}` is replaced by an ARN; none of ours is longer. */
const longestArn = 'x'.repeat(120);

/** The most characters that a policy may have once Terraform has filled in the ARNs. */
export function sizeOfPolicy(policy: string): number {
  return policy.replace(/\$\{[^}]*\}/g, longestArn).length;
}

/** One permission of a role. */
export interface Grant {
  /** Names the permission in the policy: letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/**
 * An identity policy that cannot be too broad by accident.
 * @throws Error if an action has a wildcard, or if wildcard-resources.ts does not allow a `*` resource
 */
export function leastPrivilegePolicy(grants: readonly Grant[]): string {
  for (const grant of grants) {
    const broad = grant.actions.find((action) => action.includes('*'));
    if (broad) throw new Error(`${grant.sid}: list the actions instead of "${broad}".`);
    const unexcused = grant.actions.find((action) => !Object.hasOwn(wildcardResources, action));
    if (grant.resources.includes('*') && unexcused)
      throw new Error(`${grant.sid}: list the resources of "${unexcused}" instead of "*".`);
  }
  return policyDocument(
    grants.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(conditions ? { Condition: conditions } : {}),
    })),
  );
}
