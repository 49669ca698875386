import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { rememberFailedCall } from './aws-errors';
import { region } from './environment';

/** The clients of AWS's services, each made when it is first asked for. Nothing else makes one. */
export interface AwsClients {
  cloudWatch(): CloudWatchClient;
  dynamo(): DynamoDBClient;
  ecr(): ECRClient;
  ecs(): ECSClient;
  loadBalancing(): ElasticLoadBalancingV2Client;
  logs(): CloudWatchLogsClient;
  s3(): S3Client;
  ssm(): SSMClient;
}

/** @param isEmbedded the embedded AWS serves buckets by path, not by host name */
export function awsClients(isEmbedded: boolean): AwsClients {
  return {
    cloudWatch: once(() => new CloudWatchClient({ region })),
    dynamo: once(() => new DynamoDBClient({ region })),
    ecr: once(() => new ECRClient({ region })),
    ecs: once(() => new ECSClient({ region })),
    loadBalancing: once(() => new ElasticLoadBalancingV2Client({ region })),
    logs: once(() => new CloudWatchLogsClient({ region })),
    s3: once(() => new S3Client({ region, forcePathStyle: isEmbedded })),
    ssm: once(() => new SSMClient({ region })),
  };
}

/** The part of an SDK client that this needs; its own types differ from client to client. */
interface WithMiddleware {
  readonly middlewareStack: {
    add(middleware: typeof rememberFailedCall, options: { step: 'initialize' }): void;
  };
}

/** The client is made at its first use. */
function once<Client extends WithMiddleware>(make: () => Client): () => Client {
  const makeExplained = () => {
    const client = make();
    client.middlewareStack.add(rememberFailedCall, { step: 'initialize' });
    return client;
  };
  let made: Client | undefined;
  return () => (made ??= makeExplained());
}
