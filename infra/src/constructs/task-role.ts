import { Construct } from 'constructs';
import { IamRole, IamRolePolicy } from '../aws';
import { type Grant, leastPrivilegePolicy } from './least-privilege-policy';
import { trustPolicy } from './policy-document';

export interface TaskRoleProps {
  readonly name: string;
  readonly description: string;
  readonly account: { readonly id: string; readonly region: string };
  readonly grants: readonly Grant[];
}

/** A role that only ECS tasks of this account take on, with exactly the grants given. */
export class TaskRole extends Construct {
  readonly arn: string;
  /** A task that starts before its policy is attached fails: let its service depend on it. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: TaskRoleProps) {
    super(scope, id);
    const { id: accountId, region } = props.account;
    const role = new IamRole(this, 'role', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: trustPolicy('ecs-tasks.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': accountId },
        ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${accountId}:*` },
      }),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'least-privilege',
      role: role.id,
      policy: leastPrivilegePolicy(props.grants),
    });
    this.arn = role.arn;
    this.policy = policy;
  }
}

/** What the Fargate or ECS agent does before the app runs: pull the image, read secrets, open the log. */
export const executionGrants = (app: {
  readonly repositoryArn: string;
  readonly logGroupArn: string;
  readonly secretArns: readonly string[];
  readonly keyArn: string;
  readonly region: string;
}): readonly Grant[] => [
  {
    sid: 'RegistryLogin',
    actions: ['ecr:GetAuthorizationToken'],
    resources: ['*'],
    anyResource: 'The token is for the registry; the action takes no resource.',
  },
  {
    sid: 'PullImage',
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [app.repositoryArn],
  },
  {
    sid: 'WriteLog',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [`${app.logGroupArn}:*`],
  },
  ...(app.secretArns.length > 0
    ? [
        {
          sid: 'ReadSecrets',
          actions: ['secretsmanager:GetSecretValue'],
          resources: app.secretArns,
        },
        useKey('DecryptSecrets', app.keyArn, ['kms:Decrypt'], [`secretsmanager.${app.region}`]),
      ]
    : []),
];

/** The use of a key by way of the named services only, e.g. `s3.us-east-1`. */
export const useKey = (
  sid: string,
  keyArn: string,
  actions: readonly string[],
  through: readonly string[],
): Grant => ({
  sid,
  actions,
  resources: [keyArn],
  conditions: {
    StringEquals: { 'kms:ViaService': through.map((service) => `${service}.amazonaws.com`) },
  },
});
