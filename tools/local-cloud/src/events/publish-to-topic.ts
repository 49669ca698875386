import { evaluate } from '../iam/decision/evaluate';
import type { AccessRequest } from '../iam/policy/policy';
import { contextFrom } from '../iam/request/context-keys';
import { attributeIn } from '../iam/directory/moto-query';
import type { PolicyDirectory } from '../iam/directory/policy-directory';
import type { CallJson } from '../moto/aws-json';
import type { CallQuery } from '../moto/aws-query';
import type { RuleMessage } from '../moto/start-moto';

export interface TopicSources {
  readonly call: CallJson;
  readonly query: CallQuery;
  readonly policies: Pick<PolicyDirectory, 'resource'>;
}

/**
 * Publishes what a rule of EventBridge has for a topic, if the policies of the topic and of its key allow
 * EventBridge to. EventBridge passes on no context, so a statement with a condition does not apply.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * @returns why AWS drops the message; undefined if it is published
 */
export async function publishToTopic(
  { topicArn, ruleArn, message }: RuleMessage,
  { call, query, policies }: TopicSources,
): Promise<string | undefined> {
  const [, , , region = 'us-east-1'] = topicArn.split(':');
  const sns = { service: 'sns', region, version: '2010-03-31' };
  const attributes = await query(sns, { Action: 'GetTopicAttributes', TopicArn: topicArn });
  const keyId = attributeIn(attributes, 'KmsMasterKeyId');
  const allows = async (
    action: string,
    resource: string,
    context: AccessRequest['context'] = new Map(),
  ) => {
    const policy = await policies.resource(resource);
    const granted = policy ? { identity: [], resource: policy } : { identity: [] };
    return evaluate({ action, resource, context }, granted, rules).allowed;
  };
  if (!(await allows('sns:Publish', topicArn))) return dropped(ruleArn, 'sns:Publish', topicArn);
  if (keyId) {
    const keyArn = await keyArnOf(keyId, region, call);
    const context = contextFrom([['kms:EncryptionContext:aws:sns:topicArn', [topicArn]]]);
    for (const action of ['kms:GenerateDataKey', 'kms:Decrypt'])
      if (!(await allows(action, keyArn, context))) return dropped(ruleArn, action, keyArn);
  }
  await query(sns, { Action: 'Publish', TopicArn: topicArn, Message: message });
  return undefined;
}

const rules = { kind: 'service', service: 'events.amazonaws.com' } as const;

const dropped = (ruleArn: string, action: string, resource: string): string =>
  `${ruleArn} published nothing: ${rules.service} is not authorized to perform ${action} on ${resource}`;

/** The ARN of a key that a topic names by id, ARN or alias. */
async function keyArnOf(KeyId: string, region: string, call: CallJson): Promise<string> {
  const { KeyMetadata } = await call<{ KeyMetadata: { Arn: string } }>(
    { service: 'kms', region, target: 'TrentService.DescribeKey' },
    { KeyId },
  );
  return KeyMetadata.Arn;
}
