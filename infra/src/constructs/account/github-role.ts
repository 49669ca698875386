import { Construct } from 'constructs';
import { IamPolicy, IamRole, IamRolePolicyAttachment } from '../../aws';
import {
  type Grant,
  leastPrivilegePolicy,
  longestPolicy,
} from '../../permissions/least-privilege-policy';

export interface GithubRoleProps {
  readonly name: string;
  readonly description: string;
  /** From `GithubIdentity.trust`. */
  readonly trust: string;
  readonly grants: readonly Grant[];
  readonly maxSessionSeconds: number;
}

/** IAM's limit of managed policies on a role, unless one asks for more. */
const mostPolicies = 10;

/** A role for jobs of GitHub Actions. Its grants are more than fit into one policy, so it has several. */
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
 * Spreads grants over as few policies as in their order they need.
 * @throws Error where a grant alone, or all of them together, are more than IAM takes
 */
export function packed(grants: readonly Grant[]): readonly (readonly Grant[])[] {
  const policies: Grant[][] = [];
  for (const grant of grants) {
    const last = policies.at(-1);
    if (last && fits([...last, grant])) last.push(grant);
    else if (fits([grant])) policies.push([grant]);
    else throw new Error(`${grant.sid} is too long for a policy; split it.`);
  }
  if (policies.length > mostPolicies)
    throw new Error(`${policies.length} policies are more than a role can have.`);
  return policies;
}

const fits = (grants: readonly Grant[]) => leastPrivilegePolicy(grants).length <= longestPolicy;
