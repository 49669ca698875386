import { textsOf, type AwsCall, type Parameters } from './aws-call';
import type { ContextEntry } from './context-keys';

/** An action on another resource that a service checks of its caller before it does what it is asked for. */
export interface DependentAction {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that only this check has. */
  readonly keys?: readonly ContextEntry[];
}

/** What services check of their callers besides the action of the call, `iam:PassRole` and tags. */
export function dependentActions(call: AwsCall): readonly DependentAction[] {
  const { service, operation, parameters } = call;
  switch (`${service}:${operation}`) {
    case 'application-autoscaling:RegisterScalableTarget':
      return [...ofScalableTarget(call), ...ofAlarmsWithoutName(call)];
    case 'application-autoscaling:PutScalingPolicy':
      return parameters['PolicyType'] === 'TargetTrackingScaling' ? ofTrackingAlarms(call) : [];
    case 'application-autoscaling:DeleteScalingPolicy':
      return [{ action: 'cloudwatch:DeleteAlarms', resource: trackingAlarm(call) }];
    case 'autoscaling:CreateAutoScalingGroup':
      return ofHosts(call);
    case 'backup:CreateBackupVault':
      return [
        { action: 'backup-storage:MountCapsule', resource: '*' },
        ...ofKey(call, parameters['EncryptionKeyArn'], vaultKey),
      ];
    case 'dynamodb:CreateTable':
    case 'dynamodb:UpdateTable': {
      const encryption = (parameters['SSESpecification'] ?? {}) as Parameters;
      return ofKey(call, encryption['KMSMasterKeyId'], tableKey);
    }
    case 'ec2:CreateVpcEndpoint':
      return parameters['PrivateDnsEnabled'] === 'true' ? ofPrivateNames(call) : [];
    case 'wafv2:AssociateWebACL':
      return [{ action: 'elasticloadbalancing:SetWebACL', resource: '*' }];
    default:
      return [];
  }
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html */
const vaultKey = ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKey', 'RetireGrant'];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const tableKey = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];

/** A name that no policy lists: only a wildcard covers it. */
const madeUpName = '00000000-0000-4000-8000-000000000000';

const arnOf = ({ region, account }: AwsCall, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const resourceId = ({ parameters }: AwsCall): string => textsOf(parameters, 'ResourceId')[0] ?? '';

/**
 * By namespace: https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
 *
 * SageMaker is asked for a configuration by a random name (https://github.com/aws-controllers-k8s/community/issues/2110).
 * AWS does not document which endpoint the third call names; here it is the stricter one.
 */
function ofScalableTarget(call: AwsCall): readonly DependentAction[] {
  const id = resourceId(call);
  switch (call.parameters['ServiceNamespace']) {
    case 'ecs':
      return ['DescribeServices', 'UpdateService'].map((name) => ({
        action: `ecs:${name}`,
        resource: arnOf(call, 'ecs', id),
      }));
    case 'sagemaker':
      return Object.entries({
        DescribeEndpoint: id.replace(/\/variant\/.*/, ''),
        DescribeEndpointConfig: `endpoint-config/${madeUpName}`,
        UpdateEndpointWeightsAndCapacities: `endpoint/${madeUpName}`,
      }).map(([name, resource]) => ({
        action: `sagemaker:${name}`,
        resource: arnOf(call, 'sagemaker', resource),
      }));
    default:
      return [];
  }
}

/**
 * Application Auto Scaling tests the permissions for alarms by calls without a name
 * (https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html).
 */
const ofAlarmsWithoutName = (call: AwsCall): readonly DependentAction[] => [
  { action: 'cloudwatch:DescribeAlarms', resource: arnOf(call, 'cloudwatch', 'alarm:*') },
  ...['PutMetricAlarm', 'DeleteAlarms'].map((name) => ({
    action: `cloudwatch:${name}`,
    resource: arnOf(call, 'cloudwatch', 'alarm:'),
  })),
];

const trackingAlarm = (call: AwsCall): string =>
  arnOf(call, 'cloudwatch', `alarm:TargetTracking-${resourceId(call)}-AlarmHigh-${madeUpName}`);

const ofTrackingAlarms = (call: AwsCall): readonly DependentAction[] =>
  ['PutMetricAlarm', 'DescribeAlarms', 'DeleteAlarms'].map((name) => ({
    action: `cloudwatch:${name}`,
    resource: trackingAlarm(call),
  }));

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html */
const ofHosts = (call: AwsCall): readonly DependentAction[] =>
  ['instance', 'launch-template', 'network-interface', 'security-group', 'subnet', 'volume'].map(
    (type) => ({ action: 'ec2:RunInstances', resource: arnOf(call, 'ec2', `${type}/*`) }),
  );

/** What a service does with a key on behalf of its caller. */
function ofKey(call: AwsCall, key: unknown, names: readonly string[]): readonly DependentAction[] {
  if (typeof key !== 'string') return [];
  const resource = key.startsWith('arn:') ? key : arnOf(call, 'kms', `key/${key}`);
  return names.map((name) => ({
    action: `kms:${name}`,
    resource,
    keys: [
      ['kms:ViaService', [`${call.service}.${call.region}.amazonaws.com`]],
      ['kms:CallerAccount', [call.account]],
      ['kms:GrantIsForAWSResource', name === 'CreateGrant' ? ['true'] : []],
    ],
  }));
}

/** The service authorization reference of EC2 lists it as a dependent action. */
const ofPrivateNames = (call: AwsCall): readonly DependentAction[] =>
  [
    'arn:aws:route53:::hostedzone/*',
    arnOf(call, 'ec2', `vpc/${textsOf(call.parameters, 'VpcId')[0] ?? '*'}`),
  ].map((resource) => ({ action: 'route53:AssociateVPCWithHostedZone', resource }));
