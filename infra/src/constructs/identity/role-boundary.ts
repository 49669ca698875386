import { Construct } from 'constructs';
import { IamPolicy, IamRole } from '../../aws';
import { Aspects, type TerraformStack } from '../../cdktf';
import {
  type Grant,
  leastPrivilegePolicy,
  longestPolicy,
  sizeOfPolicy,
} from '../../permissions/least-privilege-policy';
import { roleBoundaryArn, roleBoundaryName } from '../../permissions/role-boundary-arn';

/** The upper limit of permissions of each role in an environment, regardless of the role's policies. */
export class RoleBoundary extends Construct {
  /** @throws Error if the grants exceed one policy; a role has only one boundary */
  constructor(scope: Construct, id: string, grants: readonly Grant[]) {
    super(scope, id);
    const policy = leastPrivilegePolicy(grants);
    const size = sizeOfPolicy(policy);
    if (size > longestPolicy)
      throw new Error(`The boundary has ${size} characters. IAM allows ${longestPolicy}.`);
    new IamPolicy(this, 'policy', {
      name: roleBoundaryName,
      description: 'The most that a role of an environment can do',
      policy,
    });
  }
}

/**
 * Sets the permissions boundary of every role in a stack, also of future constructs. The deploy role may
 * write any policy for our roles; without a boundary it could create an administrator and assume it.
 */
export function boundRoles(stack: TerraformStack, account: { readonly id: string }): void {
  Aspects.of(stack).add({
    visit(node) {
      if (node instanceof IamRole) node.permissionsBoundary = roleBoundaryArn(account);
    },
  });
}
