import { account, only, parsed, synthesise } from '../../../test/synthesise';
import {
  EncryptionKey,
  type EncryptionKeyProps,
  fargateDisks,
  instanceDisks,
  logsService,
  notificationService,
} from './encryption-key';

const keyWith = (props: Partial<EncryptionKeyProps>) =>
  synthesise((scope) => {
    new EncryptionKey(scope, 'key', {
      alias: 'clarity-test',
      description: 'test',
      account,
      deletionWindowDays: 30,
      preventDestroy: true,
      ...props,
    });
  });
const stack = keyWith({
  users: [
    logsService(account),
    notificationService('arn:aws:sns:us-east-1:123456789012:clarity-test-events'),
    instanceDisks(account),
    ...fargateDisks(account, 'clarity-test'),
  ],
});

describe('EncryptionKey', () => {
  it('rotates, has an alias and can be protected from destruction', () => {
    expect(only(stack, 'aws_kms_key')).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'aws_kms_alias')).toMatchObject({ name: 'alias/clarity-test' });
  });

  it('grants other principals access only under a condition', () => {
    const [owner, ...users] = parsed(only(stack, 'aws_kms_key')['policy']).Statement;
    expect(owner).toMatchObject({ Principal: { AWS: `arn:aws:iam::${account.id}:root` } });
    expect(users).toHaveLength(5);
    for (const user of users) expect(JSON.stringify(user['Condition'])).toContain(account.id);
  });

  it('encrypts the Fargate disks of one cluster, and allows Fargate to grant only decryption', () => {
    const statements = parsed(only(stack, 'aws_kms_key')['policy']).Statement;
    const fargate = statements.filter(({ Sid }) => String(Sid).startsWith('FargateDisk'));
    expect(fargate).toMatchObject([
      { Action: ['kms:GenerateDataKeyWithoutPlaintext'] },
      {
        Action: ['kms:CreateGrant'],
        Condition: { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
      },
    ]);
    for (const { Condition } of fargate)
      expect(Condition).toMatchObject({
        StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterName': 'clarity-test' },
      });
  });

  it('is changed by people only if configured, not by the role of deploys', () => {
    const closed = keyWith({ onlyPeopleChangeIt: true });
    const key = only(closed, 'aws_kms_key');
    // A deploy creates the key of an environment's backups.
    expect(key).toMatchObject({ bypass_policy_lockout_safety_check: true });
    expect(parsed(key['policy']).Statement).toContainEqual({
      Sid: 'OnlyPeopleChangeIt',
      Effect: 'Deny',
      Principal: { AWS: `arn:aws:iam::${account.id}:root` },
      Action: expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']),
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account.id}:role/clarity-github-deploy` },
      },
    });
    expect(only(stack, 'aws_kms_key')).not.toHaveProperty('bypass_policy_lockout_safety_check');
  });
});
