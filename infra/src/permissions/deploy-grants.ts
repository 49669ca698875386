import type { Grant } from './least-privilege-policy';
import { namelessCreations } from './nameless-creations';
import { roleBoundaryArn } from './role-boundary-arn';
import { useKey } from './container-grants';
import type { Account } from '../environments/schema';
import { planGrants, type StateStore } from './plan-grants';
import { previousReleaseGrants } from './promotion';
import { rollbackGrants } from './rollback-grants';
import { terraformWrites } from './terraform-writes';

/** Services to which our roles may be passed. */
const roleUsers = ['backup', 'batch', 'chatbot', 'ec2', 'sagemaker', 'scheduler', 'vpc-flow-logs'];

/** AWS managed policies that may be attached to our roles. */
const awsPolicies = [
  'AmazonSSMManagedInstanceCore',
  'service-role/AmazonEC2ContainerServiceforEC2Role',
];

/** Services whose service-linked role AWS creates on their first use in an account. */
const serviceLinked = [
  'autoscaling',
  'batch',
  'ecs',
  'ecs.application-autoscaling',
  'management.chatbot',
  'elasticloadbalancing',
  'contributorinsights.dynamodb',
  'email.cognito-idp',
  'sagemaker.application-autoscaling',
  'spot',
  'wafv2',
];

/**
 * What services check of the one who gives them a key for a vault, a table or a secret:
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
const keyLending = [
  'CreateGrant',
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
].map((name) => `kms:${name}`);

export interface DeployProps {
  readonly account: Account;
  readonly state: StateStore;
  readonly repositoryArns: readonly string[];
  readonly imagesKeyArn: string;
}

/** Grants to plan, apply an environment's stacks, push images, roll out and roll back. */
export function deployGrants(props: DeployProps): readonly Grant[] {
  const { account, state } = props;
  return [
    ...planGrants(account, state),
    ...rollbackGrants(account, state),
    {
      // Not the account's: its state decides which providers run when a person applies that stack.
      sid: 'WriteState',
      actions: ['s3:PutObject'],
      resources: account.github.environments.flatMap((name) => [
        `${state.arn}/clarity-${name}-*.tfstate`,
        `${state.arn}/pipeline/${name}/*`,
      ]),
    },
    {
      sid: 'LockState',
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      resources: account.github.environments.map((name) => `${state.arn}/clarity-${name}-*.tflock`),
    },
    useKey('WriteStateKey', state.keyArn, ['kms:GenerateDataKey'], [`s3.${account.region}`]),
    ...terraformWrites.map(({ service, part = '', actions, resources }): Grant => ({
      sid: `Change${inPascalCase(service)}${part}`,
      actions: actions.map((action) => `${service}:${action}`),
      resources: resources.map((resource) => arnOf(service, resource, account)),
    })),
    {
      // Auto Scaling resolves the image of a launch template with its caller's permissions
      // (https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html).
      sid: 'ResolveHostImage',
      actions: ['ssm:GetParameters'],
      resources: [`arn:aws:ssm:${account.region}::parameter/aws/service/ecs/optimized-ami/*`],
    },
    useKey(
      'LendKeysToServices',
      `arn:aws:kms:${account.region}:${account.id}:key/*`,
      keyLending,
      ['backup', 'dynamodb', 'secretsmanager'].map((service) => `${service}.${account.region}`),
    ),
    { sid: 'CreateNameless', actions: Object.keys(namelessCreations), resources: ['*'] },
    ...previousReleaseGrants(account),
    ...roleGrants(account),
    ...imageGrants(props),
  ];
}

function arnOf(service: string, resource: string, { id, region }: Account): string {
  const arn = resource.startsWith('arn:')
    ? resource
    : `arn:aws:${service}:${region}:${id}:${resource}`;
  return arn.replaceAll('<region>', region).replaceAll('<account>', id);
}

/**
 * An environment's roles, only while they have the boundary: no one can create a role with more permissions
 * and assume it. Roles of GitHub and of people are out of reach, because they have other prefixes. No grant
 * allows removing a boundary or changing its policy.
 */
function roleGrants(account: Account): readonly Grant[] {
  const { id, github } = account;
  const bounded = { 'iam:PermissionsBoundary': roleBoundaryArn(account) };
  const identities = github.environments.flatMap((environment) => [
    `arn:aws:iam::${id}:role/clarity-${environment}-*`,
    `arn:aws:iam::${id}:instance-profile/clarity-${environment}-*`,
  ]);
  const roles = identities.filter((arn) => arn.includes(':role/'));
  return [
    {
      sid: 'ChangeBoundedRoles',
      actions: [
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy',
      ],
      resources: roles,
      conditions: { StringEquals: bounded },
    },
    {
      sid: 'ChangeRoles',
      actions: [
        'iam:DeleteRole',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:CreateInstanceProfile',
        'iam:DeleteInstanceProfile',
        'iam:AddRoleToInstanceProfile',
        'iam:RemoveRoleFromInstanceProfile',
        'iam:TagInstanceProfile',
        'iam:UntagInstanceProfile',
      ],
      resources: identities,
    },
    {
      sid: 'AttachAwsPolicies',
      actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
      resources: roles,
      conditions: {
        StringEquals: bounded,
        ArnEquals: {
          'iam:PolicyARN': awsPolicies.map((policy) => `arn:aws:iam::aws:policy/${policy}`),
        },
      },
    },
    {
      sid: 'HandRolesOver',
      actions: ['iam:PassRole'],
      // Batch checks it for the hosts' instance profile, too (AWSBatchFullAccess).
      resources: identities,
      conditions: {
        StringEquals: {
          'iam:PassedToService': roleUsers.map((service) => `${service}.amazonaws.com`),
        },
      },
    },
    {
      sid: 'FirstUseOfServices',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:aws:iam::${id}:role/aws-service-role/*`],
      conditions: {
        StringEquals: {
          'iam:AWSServiceName': serviceLinked.map((service) => `${service}.amazonaws.com`),
        },
      },
    },
  ];
}

function imageGrants({ account, repositoryArns, imagesKeyArn }: DeployProps): readonly Grant[] {
  return [
    { sid: 'RegistryLogin', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    {
      sid: 'PushImages',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      resources: repositoryArns,
    },
    useKey(
      'UseImagesKey',
      imagesKeyArn,
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [`ecr.${account.region}`],
    ),
  ];
}

/** `cognito-idp` → `CognitoIdp`: ids of statements are letters and digits. */
const inPascalCase = (service: string) =>
  service.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
