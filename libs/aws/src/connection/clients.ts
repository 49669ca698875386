import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { clientSettings } from './client-settings';
import { traceCalls } from './trace-calls';

/** Milliseconds, of an answer to begin and of silence while it is read. */
const requestTimeout = 5_000;
/** A long poll lasts up to 20 s by itself. */
const longPollTimeout = 25_000;
/** Bodies of up to some megabytes. */
const transferTimeout = 30_000;
const maxSockets = 128;

export interface AwsClients {
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly secretsManager: SecretsManagerClient;
  close(): void;
}

/**
 * The clients of one process, their calls traced. They share kept-alive connections; endpoints and credentials
 * come from the environment as the SDK reads it (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_<SERVICE>).
 */
export function awsClients(region: string): AwsClients {
  const connections = { keepAlive: true, maxSockets };
  const httpAgent = new HttpAgent(connections);
  const httpsAgent = new HttpsAgent(connections);
  const settings = (timeoutMs: number) => ({
    region,
    ...clientSettings({ httpAgent, httpsAgent }, timeoutMs),
  });

  const clients = {
    dynamo: new DynamoDBClient(settings(requestTimeout)),
    s3: new S3Client({ ...settings(transferTimeout), forcePathStyle: hasS3Endpoint() }),
    sns: new SNSClient(settings(requestTimeout)),
    sqs: new SQSClient(settings(longPollTimeout)),
    cognito: new CognitoIdentityProviderClient(settings(requestTimeout)),
    secretsManager: new SecretsManagerClient(settings(requestTimeout)),
  };
  for (const client of Object.values(clients)) traceCalls(client, region);
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** An embedded AWS has no DNS name for each bucket. */
function hasS3Endpoint(): boolean {
  return Boolean(process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']);
}
