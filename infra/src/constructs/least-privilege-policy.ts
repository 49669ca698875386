import { type Conditions, policyDocument } from './policy-document';

/** One thing that a role may do. */
export interface Grant {
  /** Names the permission in the policy: letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why `*` stands as a resource, where AWS offers nothing narrower for the actions. */
  readonly anyResource?: string;
}

/**
 * An identity policy that cannot be broad by accident.
 * @throws Error for an action with a wildcard, or a `*` resource without its reason
 */
export function leastPrivilegePolicy(grants: readonly Grant[]): string {
  for (const grant of grants) {
    const broad = grant.actions.find((action) => action.includes('*'));
    if (broad) throw new Error(`${grant.sid}: name the actions instead of "${broad}".`);
    if (grant.resources.includes('*') && !grant.anyResource)
      throw new Error(`${grant.sid}: name the resources instead of "*", or say why not.`);
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
