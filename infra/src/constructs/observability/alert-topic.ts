import { Construct } from 'constructs';
import {
  ChatbotSlackChannelConfiguration,
  SnsTopic,
  SnsTopicPolicy,
  SnsTopicSubscription,
} from '../../aws';
import { EncryptionKey } from '../data/encryption-key';
import {
  type Conditions,
  denyInsecureTransport,
  policyDocument,
  type Statement,
} from '../../permissions/policy-document';
import { ServiceRole } from '../identity/service-role';

interface Account {
  readonly id: string;
  readonly region: string;
}

/** An AWS service that publishes alerts to the topic. */
export interface Publisher {
  readonly sid: string;
  readonly service: string;
  readonly conditions?: Conditions;
}

/** CloudWatch, for alarms whose names have this prefix. */
export const alarmsNamed = (prefix: string, { id, region }: Account): Publisher => ({
  sid: 'Alarms',
  service: 'cloudwatch.amazonaws.com',
  conditions: {
    StringEquals: { 'aws:SourceAccount': id },
    ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${id}:alarm:${prefix}-*` },
  },
});

/** EventBridge. It sends no context to SNS: any condition would silently drop its messages. */
export const eventRules: Publisher = { sid: 'Events', service: 'events.amazonaws.com' };

export interface AlertTopicProps {
  readonly name: string;
  /** The environment or account that the alerts are about, e.g. "clarity-dev". */
  readonly subject: string;
  readonly account: Account;
  readonly publishers: readonly Publisher[];
  readonly emails: readonly string[];
  readonly slack?: { readonly teamId: string; readonly channelId: string };
  readonly keyDeletionDays: number;
  readonly preventDestroy: boolean;
  /** Of the account: no deploy may silence it. */
  readonly onlyPeopleChangeItsKey?: boolean;
}

/**
 * Forwards alarms and failed deployments to e-mail and chat. It has a key of its own, because services
 * cannot publish with AWS's default key for SNS, and CloudWatch should not have access to the data's keys.
 */
export class AlertTopic extends Construct {
  readonly arn: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const { account, name } = props;
    const key = new EncryptionKey(this, 'key', {
      alias: name,
      description: `Alerts of ${props.subject}`,
      account,
      deletionWindowDays: props.keyDeletionDays,
      preventDestroy: props.preventDestroy,
      onlyPeopleChangeIt: props.onlyPeopleChangeItsKey ?? false,
      users: [
        {
          sid: 'PublishersOfAlerts',
          principal: { Service: props.publishers.map(({ service }) => service) },
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          // SNS puts the topic into the encryption context, no matter which service publishes.
          conditions: {
            StringEquals: {
              'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:${account.region}:${account.id}:${name}`,
            },
          },
        },
      ],
    });
    const topic = new SnsTopic(this, 'topic', { name, kmsMasterKeyId: key.arn });
    const policy = new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: policyDocument([
        ...props.publishers.map(({ sid, service, conditions }): Statement => ({
          Sid: sid,
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sns:Publish',
          Resource: topic.arn,
          ...(conditions ? { Condition: conditions } : {}),
        })),
        denyInsecureTransport('sns:Publish', topic.arn),
      ]),
    });
    for (const email of props.emails)
      new SnsTopicSubscription(this, `to-${email}`, {
        topicArn: topic.arn,
        protocol: 'email',
        endpoint: email,
      });
    if (props.slack) this.addChat(name, topic.arn, props.slack, account);
    // Of the policy, so that budgets and rules are created only once it lets them publish.
    this.arn = policy.arn;
    this.keyArn = key.arn;
  }

  private addChat(
    name: string,
    topicArn: string,
    slack: { readonly teamId: string; readonly channelId: string },
    account: Account,
  ) {
    const role = new ServiceRole(this, 'chat-role', {
      name: `${name}-chat`,
      description: 'Shows graphs of alarms in the chat',
      service: 'chatbot.amazonaws.com',
      onlyFor: { StringEquals: { 'aws:SourceAccount': account.id } },
      grants: [
        {
          sid: 'ReadMetrics',
          actions: [
            'cloudwatch:GetMetricData',
            'cloudwatch:GetMetricStatistics',
            'cloudwatch:ListMetrics',
          ],
          resources: ['*'],
        },
        {
          sid: 'ReadAlarms',
          actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'],
          resources: [`arn:aws:cloudwatch:${account.region}:${account.id}:alarm:*`],
        },
      ],
    });
    new ChatbotSlackChannelConfiguration(this, 'chat', {
      configurationName: name,
      slackTeamId: slack.teamId,
      slackChannelId: slack.channelId,
      snsTopicArns: [topicArn],
      iamRoleArn: role.arn,
      // The default is AdministratorAccess, which allows the channel everything that the role may do.
      guardrailPolicyArns: ['arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess'],
      loggingLevel: 'ERROR',
    });
  }
}
