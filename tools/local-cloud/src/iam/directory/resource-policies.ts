import type { CallJson } from '../../moto/aws-json';
import { parsePolicy } from '../policy/parse-policy';
import type { NamedPolicy } from '../policy/policy';
import { attributeIn, type CallQuery } from './moto-query';

export interface PolicyReaders {
  readonly motoEndpoint: string;
  readonly call: CallJson;
  readonly callQuery: CallQuery;
}

type ReadDocument = (arn: string, readers: PolicyReaders) => Promise<string | undefined>;

/** Services whose resources have policies, and how to read the one of an ARN. */
const documents: Readonly<Record<string, ReadDocument>> = {
  s3: async (arn, { motoEndpoint }) => {
    const scope = 'test/20250101/us-east-1/s3/aws4_request';
    const response = await fetch(`${motoEndpoint}/${arn.split(':')[5]}?policy`, {
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
    });
    return response.ok ? response.text() : undefined;
  },
  kms: (arn, readers) =>
    json(
      readers,
      arn,
      'TrentService.GetKeyPolicy',
      { KeyId: arn, PolicyName: 'default' },
      'Policy',
    ),
  ecr: (arn, readers) =>
    json(
      readers,
      arn,
      'AmazonEC2ContainerRegistry_V20150921.GetRepositoryPolicy',
      { repositoryName: arn.split(':repository/')[1] },
      'policyText',
    ),
  secretsmanager: (arn, readers) =>
    json(readers, arn, 'secretsmanager.GetResourcePolicy', { SecretId: arn }, 'ResourcePolicy'),
  dynamodb: (arn, readers) =>
    json(readers, arn, 'DynamoDB_20120810.GetResourcePolicy', { ResourceArn: arn }, 'Policy'),
  sns: async (arn, { callQuery }) => {
    const xml = await callQuery('sns', regionOf(arn), {
      Action: 'GetTopicAttributes',
      Version: '2010-03-31',
      TopicArn: arn,
    });
    return attributeIn(xml ?? '', 'Policy');
  },
  sqs: async (arn, { call }) => {
    const to = (target: string) => ({ service: 'sqs', region: regionOf(arn), target });
    const { QueueUrl } = await call<{ QueueUrl: string }>(to('AmazonSQS.GetQueueUrl'), {
      QueueName: arn.split(':')[5],
    });
    const { Attributes } = await call<{ Attributes?: { Policy?: string } }>(
      to('AmazonSQS.GetQueueAttributes'),
      { QueueUrl, AttributeNames: ['Policy'] },
    );
    return Attributes?.Policy;
  },
};

/** The ARN of what has the policy: the bucket of an object, the table of an index. */
export function policyOwner(arn: string): string {
  const [, , service] = arn.split(':');
  if (service === 's3') return arn.replace(/\/.*/, '');
  return service === 'dynamodb' ? arn.replace(/\/(index|stream)\/.*/, '') : arn;
}

/** The policy of a resource; undefined if it has none, or if there is no such resource. */
export async function readResourcePolicy(
  arn: string,
  readers: PolicyReaders,
): Promise<NamedPolicy | undefined> {
  const read = documents[arn.split(':')[2] ?? ''];
  const text = arn.endsWith('*') ? undefined : await read?.(arn, readers).catch(() => undefined);
  return text ? parsePolicy('resource policy', text) : undefined;
}

async function json(
  { call }: PolicyReaders,
  arn: string,
  target: string,
  input: object,
  field: string,
): Promise<string | undefined> {
  const service = arn.split(':')[2] ?? '';
  const output = await call<Readonly<Record<string, string | undefined>>>(
    { service, region: regionOf(arn), target },
    input,
  );
  return output[field];
}

const regionOf = (arn: string): string => arn.split(':')[3] ?? 'us-east-1';
