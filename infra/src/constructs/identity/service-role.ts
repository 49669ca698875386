import { Construct } from 'constructs';
import { IamRole, IamRolePolicy } from '../../aws';
import { type Grant, leastPrivilegePolicy } from '../../permissions/least-privilege-policy';
import { type Conditions, trustPolicy } from '../../permissions/policy-document';

export interface ServiceRoleProps {
  readonly name: string;
  readonly description: string;
  /** The service that assumes it, e.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** Prevents the confused deputy: other accounts must not reach our resources through the service. */
  readonly onlyFor: Conditions;
  readonly grants: readonly Grant[];
}

/** A role that one AWS service assumes for us, with exactly the given grants. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** Users of the role have to depend on it: they fail before the policy is attached. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: trustPolicy(props.service, props.onlyFor),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'least-privilege',
      role: role.id,
      policy: leastPrivilegePolicy(props.grants),
    });
    this.arn = role.arn;
  }
}
