import type { Construct } from 'constructs';
import type { Grant } from '../../permissions/least-privilege-policy';
import { ServiceRole } from './service-role';

export interface TaskRoleProps {
  readonly name: string;
  readonly description: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly grants: readonly Grant[];
}

/** A role that only ECS tasks of this account can assume. */
export class TaskRole extends ServiceRole {
  constructor(scope: Construct, id: string, { account, ...props }: TaskRoleProps) {
    super(scope, id, {
      ...props,
      service: 'ecs-tasks.amazonaws.com',
      onlyFor: {
        StringEquals: { 'aws:SourceAccount': account.id },
        ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${account.region}:${account.id}:*` },
      },
    });
  }
}
