import { Construct } from 'constructs';
import { KmsAlias, KmsKey } from '../../aws';
import { deployRoleArn } from '../../permissions/deploy-role-arn';
import { type Conditions, policyDocument, type Statement } from '../../permissions/policy-document';

const useOfKey = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** An AWS service that uses the key on its own behalf, within limits. */
export interface KeyUser {
  readonly sid: string;
  readonly principal: Statement['Principal'] & {};
  readonly actions: readonly string[];
  readonly conditions: Conditions;
}

/** CloudWatch Logs, for the log groups of this account. */
export const logsService = (account: { id: string; region: string }): KeyUser => ({
  sid: 'CloudWatchLogs',
  principal: { Service: `logs.${account.region}.amazonaws.com` },
  actions: [...useOfKey, 'kms:DescribeKey'],
  conditions: {
    ArnLike: {
      'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${account.region}:${account.id}:log-group:*`,
    },
  },
});

/** SNS, which encrypts the messages of a topic for an encrypted queue. */
export const notificationService = (topicArn: string): KeyUser => ({
  sid: 'SnsToEncryptedQueues',
  principal: { Service: 'sns.amazonaws.com' },
  actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  conditions: { ArnEquals: { 'aws:SourceArn': topicArn } },
});

/** One trail of CloudTrail, which encrypts its files. */
export const auditTrail = (
  account: { readonly id: string },
  trailArn: string,
): readonly KeyUser[] => {
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  const ofTrail = { 'aws:SourceArn': trailArn };
  return [
    {
      sid: 'EncryptTrail',
      principal,
      actions: ['kms:GenerateDataKey*'],
      conditions: {
        StringEquals: ofTrail,
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${account.id}:trail/*`,
        },
      },
    },
    {
      sid: 'DescribeKeyOfTrail',
      principal,
      actions: ['kms:DescribeKey'],
      conditions: { StringEquals: ofTrail },
    },
  ];
};

/**
 * Disks of instances in an Auto Scaling group. The group's service-linked role has no key permissions and
 * may not exist yet, so the grant is for calls through EC2, as in AWS's own key.
 */
export const instanceDisks = (account: { id: string; region: string }): KeyUser => ({
  sid: 'InstanceDisks',
  principal: { AWS: '*' },
  actions: [...useOfKey, 'kms:CreateGrant', 'kms:DescribeKey'],
  conditions: {
    StringEquals: {
      'kms:CallerAccount': account.id,
      'kms:ViaService': `ec2.${account.region}.amazonaws.com`,
    },
  },
});

/** Disks of the Fargate tasks of one cluster. */
export const fargateDisks = (
  account: { readonly id: string },
  clusterName: string,
): readonly KeyUser[] => {
  const principal = { Service: 'fargate.amazonaws.com' };
  const ofCluster = {
    'kms:EncryptionContext:aws:ecs:clusterAccount': account.id,
    'kms:EncryptionContext:aws:ecs:clusterName': clusterName,
  };
  return [
    {
      sid: 'FargateDiskKeys',
      principal,
      actions: ['kms:GenerateDataKeyWithoutPlaintext'],
      conditions: { StringEquals: ofCluster },
    },
    {
      sid: 'FargateDiskGrants',
      principal,
      actions: ['kms:CreateGrant'],
      conditions: {
        StringEquals: ofCluster,
        'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      },
    },
  ];
};

export interface EncryptionKeyProps {
  /** Without the "alias/" prefix. */
  readonly alias: string;
  readonly description: string;
  readonly account: { readonly id: string };
  readonly deletionWindowDays: number;
  /** Destroying the key makes all data that it encrypts unreadable. */
  readonly preventDestroy: boolean;
  readonly users?: readonly KeyUser[];
  /** Deploys use the key, and may create it, but change nothing that could make its data unreadable or public. */
  readonly onlyPeopleChangeIt?: boolean;
}

/** A customer managed key, rotated every year, for this account's IAM policies and the given services. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'key', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowDays,
      lifecycle: { preventDestroy: props.preventDestroy },
      // KMS refuses a policy that its author cannot change; a deploy may be the author.
      ...(props.onlyPeopleChangeIt ? { bypassPolicyLockoutSafetyCheck: true } : {}),
      policy: policyDocument([
        {
          // Delegates to IAM policies. Without it, the key could never be changed again.
          Sid: 'AccountDecidesByIam',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${props.account.id}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        ...(props.onlyPeopleChangeIt ? [notByDeploys(props.account.id)] : []),
        ...(props.users ?? []).map((user): Statement => ({
          Sid: user.sid,
          Effect: 'Allow',
          Principal: user.principal,
          Action: user.actions,
          Resource: '*',
          Condition: user.conditions,
        })),
      ]),
    });
    new KmsAlias(this, 'alias', { name: `alias/${props.alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

const notByDeploys = (accountId: string): Statement => ({
  Sid: 'OnlyPeopleChangeIt',
  Effect: 'Deny',
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: [
    'kms:DeleteAlias',
    'kms:Disable*',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'kms:UpdateAlias',
  ],
  Resource: '*',
  Condition: { ArnEquals: { 'aws:PrincipalArn': deployRoleArn(accountId) } },
});
