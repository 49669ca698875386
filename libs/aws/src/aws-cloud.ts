import type { CloudProvider } from '@clarity/domain';
import { cognitoAuthProvider } from './auth/cognito-auth-provider';
import { defaultIssuer, defaultJwksUri } from './auth/token-endpoints';
import { awsClients } from './connection/clients';
import { dynamoIdempotencyLedger } from './dynamo-idempotency-ledger';
import { dynamoHealthDataRepository } from './health-data/dynamo-health-data-repository';
import { s3ObjectStore } from './s3-object-store';
import { secretsManagerSecretStore } from './secrets-manager-secret-store';
import { snsMessageBus } from './sns-message-bus';
import { sqsJobQueue } from './sqs-job-queue';

export interface AwsCloudConfig {
  readonly region: string;
  readonly tableName: string;
  readonly dataBucket: string;
  /** A process leaves out what it does not use; using it nevertheless throws. */
  readonly eventsTopicArn?: string;
  readonly jobsQueueUrl?: string;
  readonly deadLettersUrl?: string;
  readonly auth?: {
    readonly userPoolId: string;
    readonly clientId: string;
    /** Default: Cognito's own for the pool. */
    readonly issuer?: string;
    /** Default: the issuer's, or the custom endpoint's where AWS_ENDPOINT_URL is set. */
    readonly jwksUri?: string;
  };
}

/** The ports on AWS. `close` ends kept-alive connections; calls after it fail. */
export function createAwsCloud(config: AwsCloudConfig): CloudProvider & { close(): void } {
  const clients = awsClients(config.region);
  const { tableName, dataBucket, eventsTopicArn, jobsQueueUrl, deadLettersUrl, auth } = config;
  return {
    healthData: dynamoHealthDataRepository(clients.dynamo, tableName),
    idempotency: dynamoIdempotencyLedger(clients.dynamo, tableName),
    objects: s3ObjectStore(clients.s3, dataBucket),
    secrets: secretsManagerSecretStore(clients.secretsManager),
    events: eventsTopicArn
      ? snsMessageBus(clients.sns, eventsTopicArn)
      : notConfigured('events', 'eventsTopicArn'),
    analysisJobs: jobsQueueUrl
      ? sqsJobQueue(clients.sqs, jobsQueueUrl)
      : notConfigured('analysisJobs', 'jobsQueueUrl'),
    deadLetters: deadLettersUrl
      ? sqsJobQueue(clients.sqs, deadLettersUrl)
      : notConfigured('deadLetters', 'deadLettersUrl'),
    auth: auth
      ? cognitoAuthProvider(clients.cognito, tokenSource(config.region, auth))
      : notConfigured('auth', 'auth'),
    close: clients.close,
  };
}

function tokenSource(region: string, auth: NonNullable<AwsCloudConfig['auth']>) {
  const issuer = auth.issuer ?? defaultIssuer(region, auth.userPoolId);
  const jwksUri = auth.jwksUri ?? defaultJwksUri(issuer, auth.userPoolId, process.env);
  return { issuer, jwksUri, clientId: auth.clientId };
}

/** A port whose every call says what is missing, instead of a request to nowhere. */
function notConfigured<Port extends object>(port: string, setting: string): Port {
  const call = (method: string) => async () => {
    throw new Error(`${port}.${method} needs ${setting} in the AWS cloud's config.`);
  };
  return new Proxy({} as Port, {
    // `then` is what a promise looks for; a port is none.
    get: (_, method) => (method === 'then' ? undefined : call(String(method))),
  });
}
