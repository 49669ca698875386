import { parser, ValidationError } from '@clarity/schema';
import Type, { type Static } from 'typebox';

const name = Type.String({ minLength: 1 });
/** Environment variables are text; the pattern says which text is a number. */
const index = Type.String({ pattern: '^(0|[1-9][0-9]{0,4})$' });

const everyMode = {
  CLARITY_ENV: Type.Optional(name),
  RELEASE: Type.Optional(name),
  LOG_LEVEL: Type.Optional(
    Type.Union([
      Type.Literal('trace'),
      Type.Literal('debug'),
      Type.Literal('info'),
      Type.Literal('warn'),
      Type.Literal('error'),
    ]),
  ),
  AWS_REGION: name,
  DATA_BUCKET: name,
  MODEL_PREFIX: Type.String({ pattern: '^[A-Za-z0-9._/-]*[A-Za-z0-9._-]$' }),
  EXECUTION_PROVIDER: Type.Optional(Type.Union([Type.Literal('cpu'), Type.Literal('cuda')])),
};
const listening = {
  PORT: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
  HOST: Type.Optional(name),
};

/** One schema per mode: each requires what that mode takes, and nothing else. */
const modes = {
  queue: Type.Object({
    WORKER_MODE: Type.Literal('queue'),
    ...everyMode,
    ...listening,
    TABLE_NAME: name,
    JOBS_QUEUE_URL: Type.String({ pattern: '^https?://' }),
    VISIBILITY_SECONDS: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{1,4}$' })),
  }),
  endpoint: Type.Object({ WORKER_MODE: Type.Literal('endpoint'), ...everyMode, ...listening }),
  batch: Type.Object({
    WORKER_MODE: Type.Literal('batch'),
    ...everyMode,
    MANIFEST_KEY: name,
    MANIFEST_BUCKET: Type.Optional(name),
    // AWS Batch sets them if the job is a child of an array.
    AWS_BATCH_JOB_ARRAY_INDEX: Type.Optional(index),
    AWS_BATCH_JOB_ARRAY_SIZE: Type.Optional(index),
  }),
};

const parseMode = parser(
  'environment',
  Type.Object({
    WORKER_MODE: Type.Union([
      Type.Literal('queue'),
      Type.Literal('endpoint'),
      Type.Literal('batch'),
    ]),
  }),
);
const parseQueue = parser('environment', modes.queue);
const parseEndpoint = parser('environment', modes.endpoint);
const parseBatch = parser('environment', modes.batch);

interface CommonConfig {
  readonly environment: string;
  readonly release: string;
  readonly logLevel: string;
  readonly region: string;
  readonly dataBucket: string;
  readonly modelPrefix: string;
  readonly executionProvider: 'cpu' | 'cuda';
}
interface ListeningConfig extends CommonConfig {
  readonly port: number;
  readonly host: string;
}
export interface QueueConfig extends ListeningConfig {
  readonly mode: 'queue';
  readonly tableName: string;
  readonly jobsQueueUrl: string;
  /** Of the queue; a job's visibility is extended to it again and again. */
  readonly visibilitySeconds: number;
}
export interface EndpointConfig extends ListeningConfig {
  readonly mode: 'endpoint';
}
export interface BatchConfig extends CommonConfig {
  readonly mode: 'batch';
  readonly manifestKey: string;
  /** Which child of an array this is; undefined for a job outside an array. */
  readonly arrayIndex: number | undefined;
  /** How many children the array has; undefined if Batch does not set it, or there is no array. */
  readonly arraySize: number | undefined;
}
export type Config = QueueConfig | EndpointConfig | BatchConfig;

/** Messages that are clearer than those of the schema. */
const expectations: Readonly<Record<string, string>> = {
  WORKER_MODE: `has to be ${Object.keys(modes).join(' or ')}`,
  EXECUTION_PROVIDER: 'has to be cpu or cuda',
  LOG_LEVEL: 'has to be trace, debug, info, warn or error',
  MANIFEST_BUCKET: 'has to be DATA_BUCKET, the only one that the job may read',
};

/** @returns a line for each variable that {@link readConfig} refused; never a value of one */
export function describeConfigError({ fields }: ValidationError): readonly string[] {
  const named = fields.map(({ pointer, detail }) => {
    const variable = pointer.slice(1);
    return `${variable} ${expectations[variable] ?? detail}`.trim();
  });
  return [...new Set(named)];
}

/** @throws ValidationError whose fields name the variables that are missing or wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // An empty variable is how a task definition says "not set".
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  switch (parseMode(set).WORKER_MODE) {
    case 'queue':
      return queueConfig(parseQueue(set));
    case 'endpoint':
      return endpointConfig(parseEndpoint(set));
    case 'batch':
      return batchConfig(parseBatch(set));
  }
}

function queueConfig(env: Static<typeof modes.queue>): QueueConfig {
  return {
    mode: 'queue',
    ...commonOf(env),
    ...listeningOf(env),
    tableName: env.TABLE_NAME,
    jobsQueueUrl: env.JOBS_QUEUE_URL,
    visibilitySeconds: Number(env.VISIBILITY_SECONDS ?? 120),
  };
}

function endpointConfig(env: Static<typeof modes.endpoint>): EndpointConfig {
  return { mode: 'endpoint', ...commonOf(env), ...listeningOf(env) };
}

function batchConfig(env: Static<typeof modes.batch>): BatchConfig {
  if ((env.MANIFEST_BUCKET ?? env.DATA_BUCKET) !== env.DATA_BUCKET)
    throw new ValidationError('The environment is malformed.', [
      { pointer: '/MANIFEST_BUCKET', detail: 'is another bucket' },
    ]);
  return {
    mode: 'batch',
    ...commonOf(env),
    manifestKey: env.MANIFEST_KEY,
    arrayIndex: numberOf(env.AWS_BATCH_JOB_ARRAY_INDEX),
    arraySize: numberOf(env.AWS_BATCH_JOB_ARRAY_SIZE),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function commonOf(env: Static<Type.TObject<typeof everyMode>>): CommonConfig {
  return {
    environment: env.CLARITY_ENV ?? 'local',
    release: env.RELEASE ?? 'unknown',
    logLevel: env.LOG_LEVEL ?? 'info',
    region: env.AWS_REGION,
    dataBucket: env.DATA_BUCKET,
    modelPrefix: env.MODEL_PREFIX,
    executionProvider: env.EXECUTION_PROVIDER ?? 'cpu',
  };
}

function listeningOf(env: Static<Type.TObject<typeof listening>>) {
  return { port: Number(env.PORT ?? 8080), host: env.HOST ?? '0.0.0.0' };
}
