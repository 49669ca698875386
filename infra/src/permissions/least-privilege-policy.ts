import { type Conditions, policyDocument } from './policy-document';
import { wildcardResources } from './wildcard-resources';

/** IAM's limit for a managed policy, white space not counted. */
export const longestPolicy = 6_144;

/** One thing that a role may do. */
export interface Grant {
  /** Names the permission in the policy: letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/**
 * An identity policy that cannot be broad by accident.
 * @throws Error for an action with a wildcard, or a `*` resource that wildcard-resources.ts does not excuse
 */
export function leastPrivilegePolicy(grants: readonly Grant[]): string {
  for (const grant of grants) {
    const broad = grant.actions.find((action) => action.includes('*'));
    if (broad) throw new Error(`${grant.sid}: name the actions instead of "${broad}".`);
    const unexcused = grant.actions.find((action) => !Object.hasOwn(wildcardResources, action));
    if (grant.resources.includes('*') && unexcused)
      throw new Error(`${grant.sid}: name the resources of "${unexcused}" instead of "*".`);
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
