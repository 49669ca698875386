import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { rememberFailedCall } from './aws-errors';
import { region } from './environment';

/** The clients of AWS's services, each loaded and made when it is first asked for. Nothing else makes one. */
export interface AwsClients {
  cloudWatch(): Promise<CloudWatchClient>;
  dynamo(): Promise<DynamoDBClient>;
  ecr(): Promise<ECRClient>;
  ecs(): Promise<ECSClient>;
  loadBalancing(): Promise<ElasticLoadBalancingV2Client>;
  logs(): Promise<CloudWatchLogsClient>;
  s3(): Promise<S3Client>;
  ssm(): Promise<SSMClient>;
}

/** @param isEmbedded the embedded AWS serves buckets by path, not by host name */
export function awsClients(isEmbedded: boolean): AwsClients {
  return {
    cloudWatch: once(
      async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient({ region }),
    ),
    dynamo: once(
      async () => new (await import('@aws-sdk/client-dynamodb')).DynamoDBClient({ region }),
    ),
    ecr: once(async () => new (await import('@aws-sdk/client-ecr')).ECRClient({ region })),
    ecs: once(async () => new (await import('@aws-sdk/client-ecs')).ECSClient({ region })),
    loadBalancing: once(
      async () =>
        new (
          await import('@aws-sdk/client-elastic-load-balancing-v2')
        ).ElasticLoadBalancingV2Client({ region }),
    ),
    logs: once(
      async () =>
        new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient({ region }),
    ),
    s3: once(
      async () =>
        new (await import('@aws-sdk/client-s3')).S3Client({ region, forcePathStyle: isEmbedded }),
    ),
    ssm: once(async () => new (await import('@aws-sdk/client-ssm')).SSMClient({ region })),
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
