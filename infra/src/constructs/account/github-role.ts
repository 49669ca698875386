import { Construct } from 'constructs';
import { IamPolicy, IamRole, IamRolePolicyAttachment } from '../../aws';
import {
  type Grant,
  leastPrivilegePolicy,
  longestPolicy,
  sizeOfPolicy,
} from '../../permissions/least-privilege-policy';

export interface GithubRoleProps {
  readonly name: string;
  readonly description: string;
  /** From `GithubIdentity.trust`. */
  readonly trust: string;
  readonly grants: readonly Grant[];
  readonly maxSessionSeconds: number;
}

/** IAM's default quota of managed policies per role. */
const mostPolicies = 10;

/** A role for GitHub Actions jobs. Its grants exceed the size of one policy, so it has several. */
export class GithubRole extends Construct {
  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: props.trust,
      maxSessionDuration: props.maxSessionSeconds,
    });
    packed(props.grants).forEach((grants, index) => {
      const number = index + 1;
      const policy = new IamPolicy(this, `policy-${number}`, {
        name: `${props.name}-${number}`,
        // Do not edit: IAM cannot change it, so Terraform would replace the policy.
        description: `Part ${number} of what ${props.name} may do`,
        policy: leastPrivilegePolicy(grants),
      });
      new IamRolePolicyAttachment(this, `attachment-${number}`, {
        role: role.name,
        policyArn: policy.arn,
      });
    });
  }
}

/**
 * Spreads grants over as few policies as possible without changing their order.
 * @throws Error if one grant, or all of them together, exceed IAM's limits
 */
export function packed(grants: readonly Grant[]): readonly (readonly Grant[])[] {
  const policies: Grant[][] = [];
  for (const grant of grants) {
    const last = policies.at(-1);
    if (last && fits([...last, grant])) last.push(grant);
    else if (fits([grant])) policies.push([grant]);
    else throw new Error(`${grant.sid} exceeds IAM's policy size. Split it.`);
  }
  if (policies.length > mostPolicies)
    throw new Error(`${policies.length} policies exceed IAM's limit of ${mostPolicies} per role.`);
  return policies;
}

const fits = (grants: readonly Grant[]) =>
  sizeOfPolicy(leastPrivilegePolicy(grants)) <= longestPolicy;
