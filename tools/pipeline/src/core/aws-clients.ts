import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GuardDutyClient } from '@aws-sdk/client-guardduty';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { Route53Client } from '@aws-sdk/client-route-53';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { rememberFailedCall } from './aws-errors';
import { region } from './environment';

/** The clients of AWS's services, each loaded and made when it is first asked for. Nothing else makes one. */
export interface AwsClients {
  cloudWatch(): Promise<CloudWatchClient>;
  costExplorer(): Promise<CostExplorerClient>;
  dynamo(): Promise<DynamoDBClient>;
  ec2(): Promise<EC2Client>;
  ecr(): Promise<ECRClient>;
  ecs(): Promise<ECSClient>;
  guardDuty(): Promise<GuardDutyClient>;
  iam(): Promise<IAMClient>;
  loadBalancing(): Promise<ElasticLoadBalancingV2Client>;
  logs(): Promise<CloudWatchLogsClient>;
  route53(): Promise<Route53Client>;
  s3(): Promise<S3Client>;
  secretsManager(): Promise<SecretsManagerClient>;
  serviceQuotas(): Promise<ServiceQuotasClient>;
  sqs(): Promise<SQSClient>;
  ssm(): Promise<SSMClient>;
  /** @param role ARN, which these credentials may assume */
  ecrAs(role: string): Promise<ECRClient>;
  /** @param role ARN, which these credentials may assume */
  ssmAs(role: string): Promise<SSMClient>;
}

/**
 * Seven attempts bridge some seconds without AWS; the SDK's three end within half a second.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const mostAttempts = 7;

/**
 * AWS's variable AWS_MAX_ATTEMPTS limits the attempts of a call.
 * @param isEmbedded the embedded AWS serves buckets by path, not by host name
 */
export function awsClients(isEmbedded: boolean): AwsClients {
  const settings = {
    region,
    maxAttempts: Number(process.env['AWS_MAX_ATTEMPTS']) || mostAttempts,
  };
  return {
    cloudWatch: once(
      async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(settings),
    ),
    costExplorer: once(
      async () => new (await import('@aws-sdk/client-cost-explorer')).CostExplorerClient(settings),
    ),
    dynamo: once(
      async () => new (await import('@aws-sdk/client-dynamodb')).DynamoDBClient(settings),
    ),
    ec2: once(async () => new (await import('@aws-sdk/client-ec2')).EC2Client(settings)),
    ecr: once(async () => new (await import('@aws-sdk/client-ecr')).ECRClient(settings)),
    ecs: once(async () => new (await import('@aws-sdk/client-ecs')).ECSClient(settings)),
    guardDuty: once(
      async () => new (await import('@aws-sdk/client-guardduty')).GuardDutyClient(settings),
    ),
    iam: once(async () => new (await import('@aws-sdk/client-iam')).IAMClient(settings)),
    loadBalancing: once(
      async () =>
        new (
          await import('@aws-sdk/client-elastic-load-balancing-v2')
        ).ElasticLoadBalancingV2Client(settings),
    ),
    logs: once(
      async () =>
        new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(settings),
    ),
    route53: once(
      async () => new (await import('@aws-sdk/client-route-53')).Route53Client(settings),
    ),
    s3: once(
      async () =>
        new (await import('@aws-sdk/client-s3')).S3Client({
          ...settings,
          forcePathStyle: isEmbedded,
        }),
    ),
    secretsManager: once(
      async () =>
        new (await import('@aws-sdk/client-secrets-manager')).SecretsManagerClient(settings),
    ),
    serviceQuotas: once(
      async () =>
        new (await import('@aws-sdk/client-service-quotas')).ServiceQuotasClient(settings),
    ),
    sqs: once(async () => new (await import('@aws-sdk/client-sqs')).SQSClient(settings)),
    ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient(settings)),
    ecrAs: async (role) => {
      const { ECRClient } = await import('@aws-sdk/client-ecr');
      const { credentialsOf } = await import('./assume-role');
      return new ECRClient({ ...settings, credentials: await credentialsOf(role) });
    },
    ssmAs: async (role) => {
      const { SSMClient } = await import('@aws-sdk/client-ssm');
      const { credentialsOf } = await import('./assume-role');
      return new SSMClient({ ...settings, credentials: await credentialsOf(role) });
    },
  };
}

/** The part of an SDK client that this needs; its own types differ from client to client. */
interface WithMiddleware {
  readonly middlewareStack: {
    add(middleware: typeof rememberFailedCall, options: { step: 'initialize' }): void;
  };
}

/** The client is made at its first use. */
function once<Client extends WithMiddleware>(make: () => Promise<Client>): () => Promise<Client> {
  const makeExplained = async () => {
    const client = await make();
    client.middlewareStack.add(rememberFailedCall, { step: 'initialize' });
    return client;
  };
  let made: Promise<Client> | undefined;
  return () => (made ??= makeExplained());
}
