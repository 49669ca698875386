import { account, all, only, parsed, synthesise } from '../../../test/synthesise';
import { TerraformOutput } from '../../cdktf';
import { AlertTopic, alarmsNamed, eventRules } from './alert-topic';

const topic = (slack?: { teamId: string; channelId: string }) =>
  synthesise((scope) => {
    const { arn } = new AlertTopic(scope, 'alerts', {
      name: 'clarity-test-alerts',
      account,
      subject: 'clarity-test',
      publishers: [alarmsNamed('clarity-test', account), eventRules],
      emails: ['a@clarity.example', 'b@clarity.example'],
      keyDeletionDays: 7,
      preventDestroy: false,
      ...(slack ? { slack } : {}),
    });
    new TerraformOutput(scope, 'arn', { value: arn });
  });
const stack = topic({ teamId: 'T0000000', channelId: 'C0000000' });
const statements = parsed(only(stack, 'aws_sns_topic_policy')['policy']).Statement;
const statement = (sid: string) => statements.find(({ Sid }) => Sid === sid);

describe('AlertTopic', () => {
  it('is encrypted with a key that publishers may use only for this topic', () => {
    expect(only(stack, 'aws_sns_topic')['kms_master_key_id']).toContain('aws_kms_key.alerts_key');
    const [, publishers] = parsed(only(stack, 'aws_kms_key')['policy']).Statement;
    expect(publishers).toMatchObject({
      Principal: {
        Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'],
      },
      Condition: {
        StringEquals: {
          'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:us-east-1:${account.id}:clarity-test-alerts`,
        },
      },
    });
  });

  it('allows only this environment’s alarms to publish, over TLS', () => {
    expect(statement('Alarms')).toMatchObject({
      Action: 'sns:Publish',
      Condition: {
        StringEquals: { 'aws:SourceAccount': account.id },
        ArnLike: {
          'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:clarity-test-*`,
        },
      },
    });
    expect(statement('DenyInsecureTransport')).toMatchObject({ Effect: 'Deny' });
  });

  it('hands out its ARN only once its policy lets others publish', () => {
    expect(stack.output?.['arn']).toEqual({ value: '${aws_sns_topic_policy.alerts_policy.arn}' });
  });

  it('sets no condition for EventBridge, which would drop every message', () => {
    expect(statement('Events')).not.toHaveProperty('Condition');
  });

  it('subscribes every e-mail address', () => {
    const subscriptions = Object.values(all(stack, 'aws_sns_topic_subscription'));
    expect(subscriptions).toMatchObject([
      { protocol: 'email', endpoint: 'a@clarity.example' },
      { protocol: 'email', endpoint: 'b@clarity.example' },
    ]);
  });

  it('allows the chat only to read', () => {
    expect(only(stack, 'aws_chatbot_slack_channel_configuration')).toMatchObject({
      slack_team_id: 'T0000000',
      slack_channel_id: 'C0000000',
      guardrail_policy_arns: ['arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess'],
    });
    const actions = parsed(only(stack, 'aws_iam_role_policy')['policy']).Statement.flatMap(
      ({ Action }) => Action as string[],
    );
    for (const action of actions) expect(action).toMatch(/^cloudwatch:(Describe|Get|List)/);
  });

  it('has no chat by default', () => {
    expect(all(topic(), 'aws_chatbot_slack_channel_configuration')).toEqual({});
  });
});
