import { allTexts, type AwsCall } from './aws-call';

/** A role that a call hands to a service, which needs `iam:PassRole`. */
export interface PassedRole {
  readonly arn: string;
  /** Value of `iam:PassedToService`. */
  readonly service: string;
}

/** To whom a service passes the roles in its requests, if not to itself. */
const otherReceivers: Readonly<Record<string, string>> = {
  ec2: 'vpc-flow-logs.amazonaws.com',
  ecs: 'ecs-tasks.amazonaws.com',
};

/** Services with roles in requests that only name them, e.g. to attach a policy or as a condition. */
const passesNothing = new Set([
  'application-autoscaling',
  'dynamodb',
  'ecr',
  'iam',
  'kms',
  's3',
  'sns',
  'sqs',
  'sts',
]);

/**
 * The roles that a call passes: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 *
 * Service-linked roles are not passed. ECS also checks the roles of a task definition that a service or task is to run.
 */
export function passedRoles(call: AwsCall): readonly PassedRole[] {
  const { service, operation, account, parameters, taskRoles = [] } = call;
  if (service === 'iam' && operation === 'AddRoleToInstanceProfile')
    return [
      {
        arn: `arn:aws:iam::${account}:role/${String(parameters['RoleName'])}`,
        service: 'ec2.amazonaws.com',
      },
    ];
  if (passesNothing.has(service)) return [];
  const named = allTexts(parameters).flatMap(([name, text]) =>
    /^arn:aws:iam::\d+:role\/(?!aws-service-role\/)/.test(text)
      ? [{ arn: text, service: receiver(service, name) }]
      : [],
  );
  const ofTask = taskRoles.map((arn) => ({ arn, service: 'ecs-tasks.amazonaws.com' }));
  const roles = new Map([...named, ...ofTask].map((role) => [`${role.arn} ${role.service}`, role]));
  return [...roles.values()];
}

function receiver(service: string, parameter: string): string {
  // Jobs of Batch are tasks of ECS.
  if (service === 'batch' && /^(jobRole|executionRole)/.test(parameter))
    return 'ecs-tasks.amazonaws.com';
  return otherReceivers[service] ?? `${service}.amazonaws.com`;
}
