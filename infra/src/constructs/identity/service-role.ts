import { Construct } from 'constructs';
import { IamRole, IamRolePolicy } from '../../aws';
import { type Grant, leastPrivilegePolicy } from '../../permissions/least-privilege-policy';
import { type Conditions, trustPolicy } from '../../permissions/policy-document';

export interface ServiceRoleProps {
  readonly name: string;
  readonly description: string;
  /** Who takes it on, e.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** On whose behalf: another account's resources must not get at ours by way of the service. */
  readonly onlyFor: Conditions;
  readonly grants: readonly Grant[];
}

/** A role that one AWS service takes on for us, with exactly the grants given. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** What runs before its policy is attached fails: let it depend on this. */
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
