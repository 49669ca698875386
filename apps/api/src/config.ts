import { parser, ValidationError } from '@clarity/schema';
import Type from 'typebox';
import type { ApiConfig } from './dependencies';
import { bodyCapacityOf } from './http/body-budget';

const number = (pattern = '^[0-9]{1,9}$') => Type.Optional(Type.String({ pattern }));
const text = Type.String({ minLength: 1 });
const cursorKey = Type.String({ minLength: 32 });
const address = Type.Optional(Type.String({ pattern: '^https?://' }));

/** 0 to 65535 */
const port = '^([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$';

/** The environment as the ECS task definition gives it. */
const environmentSchema = Type.Object({
  CLARITY_ENV: Type.String({ pattern: '^[a-z][a-z0-9]*$' }),
  RELEASE: text,
  AWS_REGION: text,
  TABLE_NAME: text,
  DATA_BUCKET: text,
  MODEL_PREFIX: Type.String({ pattern: '^[^/].*[^/]$' }),
  EVENTS_TOPIC_ARN: Type.String({ pattern: '^arn:' }),
  /** Both or neither: without them this process leaves the dead letters to others. */
  JOBS_QUEUE_URL: address,
  DEAD_LETTERS_URL: address,
  USER_POOL_ID: text,
  USER_POOL_CLIENT_ID: text,
  TOKEN_ISSUER: address,
  TOKEN_JWKS_URI: address,
  CURSOR_KEY: cursorKey,
  CURSOR_KEY_PREVIOUS: Type.Optional(cursorKey),
  HOST: Type.Optional(text),
  PORT: number(port),
  LOG_LEVEL: Type.Optional(
    Type.String({ enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] }),
  ),
  USER_REQUESTS_PER_MINUTE: number(),
  ADDRESS_REQUESTS_PER_MINUTE: number(),
  MAX_EVENT_LOOP_DELAY_MS: number(),
  /** Less than an idempotency claim lives, and than the time from SIGTERM to SIGKILL. */
  REQUEST_DEADLINE_SECONDS: number('^([1-9]|1[0-9]|2[0-5])$'),
  BODY_BUDGET_MIB: number('^[1-9][0-9]{0,4}$'),
  DRAIN_SECONDS: number('^[0-9]{1,2}$'),
});
const parseEnvironment = parser('environment', environmentSchema);

export interface ProcessConfig {
  readonly environment: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** How long new work is still done after SIGTERM, while the balancer learns of the stop. */
  readonly drainMs: number;
  readonly api: Omit<ApiConfig, 'docsAssets'>;
  readonly aws: {
    readonly region: string;
    readonly tableName: string;
    readonly dataBucket: string;
    readonly eventsTopicArn: string;
    readonly jobsQueueUrl?: string;
    readonly deadLettersUrl?: string;
    readonly auth: {
      readonly userPoolId: string;
      readonly clientId: string;
      readonly issuer?: string;
      readonly jwksUri?: string;
    };
  };
}

/**
 * @param env usually process.env
 * @throws ValidationError, a pointer for each variable that is missing or wrong
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ProcessConfig {
  const given = parseEnvironment(
    Object.fromEntries(Object.entries(env).filter(([, v]) => v !== '')),
  );
  return {
    environment: given.CLARITY_ENV,
    host: given.HOST ?? '0.0.0.0',
    port: Number(given.PORT ?? 8080),
    logLevel: given.LOG_LEVEL ?? 'info',
    drainMs: Number(given.DRAIN_SECONDS ?? 5) * 1_000,
    api: {
      release: given.RELEASE,
      modelPrefix: given.MODEL_PREFIX,
      cursorKeys: {
        current: given.CURSOR_KEY,
        ...(given.CURSOR_KEY_PREVIOUS === undefined ? {} : { previous: given.CURSOR_KEY_PREVIOUS }),
      },
      requestDeadlineMs: Number(given.REQUEST_DEADLINE_SECONDS ?? 15) * 1_000,
      bodyBudgetBytes:
        given.BODY_BUDGET_MIB === undefined
          ? bodyCapacityOf()
          : Number(given.BODY_BUDGET_MIB) * 1024 * 1024,
      limits: {
        perUserPerMinute: Number(given.USER_REQUESTS_PER_MINUTE ?? 3_000),
        perAddressPerMinute: Number(given.ADDRESS_REQUESTS_PER_MINUTE ?? 120),
        maxEventLoopDelayMs: Number(given.MAX_EVENT_LOOP_DELAY_MS ?? 1_000),
      },
    },
    aws: {
      region: given.AWS_REGION,
      tableName: given.TABLE_NAME,
      dataBucket: given.DATA_BUCKET,
      eventsTopicArn: given.EVENTS_TOPIC_ARN,
      ...queuesOf(given.JOBS_QUEUE_URL, given.DEAD_LETTERS_URL),
      auth: {
        userPoolId: given.USER_POOL_ID,
        clientId: given.USER_POOL_CLIENT_ID,
        ...(given.TOKEN_ISSUER === undefined ? {} : { issuer: given.TOKEN_ISSUER }),
        ...(given.TOKEN_JWKS_URI === undefined ? {} : { jwksUri: given.TOKEN_JWKS_URI }),
      },
    },
  };
}

function queuesOf(jobsQueueUrl: string | undefined, deadLettersUrl: string | undefined) {
  if (jobsQueueUrl !== undefined && deadLettersUrl !== undefined)
    return { jobsQueueUrl, deadLettersUrl };
  if (jobsQueueUrl === deadLettersUrl) return {};
  const missing = jobsQueueUrl === undefined ? '/JOBS_QUEUE_URL' : '/DEAD_LETTERS_URL';
  throw new ValidationError('The environment is malformed.', [
    { pointer: missing, detail: 'is missing, although the other queue is given' },
  ]);
}
