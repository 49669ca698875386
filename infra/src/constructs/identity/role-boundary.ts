import { Construct } from 'constructs';
import { IamPolicy, IamRole } from '../../aws';
import { Aspects, type TerraformStack } from '../../cdktf';
import {
  type Grant,
  leastPrivilegePolicy,
  longestPolicy,
} from '../../permissions/least-privilege-policy';
import { roleBoundaryArn, roleBoundaryName } from '../../permissions/role-boundary-arn';

/** The most that any role of an environment can do, whatever its own policies say. */
export class RoleBoundary extends Construct {
  /** @throws Error where the grants are more than one policy holds; a role has one boundary only */
  constructor(scope: Construct, id: string, grants: readonly Grant[]) {
    super(scope, id);
    const policy = leastPrivilegePolicy(grants);
    if (policy.length > longestPolicy)
      throw new Error(`The boundary has ${policy.length} characters; IAM takes ${longestPolicy}.`);
    new IamPolicy(this, 'policy', {
      name: roleBoundaryName,
      description: 'The most that a role of an environment can do',
      policy,
    });
  }
}

/**
 * Bounds every role of a stack, those of constructs yet to be written too. Who deploys may write any
 * policy for a role of ours; without this they could make one that may do everything, and take it on.
 */
export function boundRoles(stack: TerraformStack, account: { readonly id: string }): void {
  Aspects.of(stack).add({
    visit(node) {
      if (node instanceof IamRole) node.permissionsBoundary = roleBoundaryArn(account);
    },
  });
}
