import type { ValidationError } from '@clarity/schema';
import { parseConfig } from './config';
import { bodyCapacityOf } from './http/body-budget';

const environment = {
  CLARITY_ENV: 'dev',
  RELEASE: 'abc',
  AWS_REGION: 'us-east-1',
  TABLE_NAME: 'clarity-dev-health',
  DATA_BUCKET: 'clarity-dev-data',
  MODEL_PREFIX: 'models/pat-s',
  EVENTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:clarity-dev-health-events',
  USER_POOL_ID: 'us-east-1_pool',
  USER_POOL_CLIENT_ID: 'client',
  CURSOR_KEY: '0123456789abcdef0123456789abcdef',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    return (error as ValidationError).fields.map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
}

describe('the configuration', () => {
  it('has defaults for all that the task definition may leave out', () => {
    expect(parseConfig(environment)).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'info',
      drainMs: 5_000,
      aws: { auth: { userPoolId: 'us-east-1_pool', clientId: 'client' } },
    });
  });

  it('passes on a source of tokens only if one is given', () => {
    const jwksUri = 'http://127.0.0.1:4566/us-east-1_pool/.well-known/jwks.json';
    const { auth } = parseConfig({ ...environment, TOKEN_JWKS_URI: jwksUri }).aws;
    expect(auth).toEqual({ userPoolId: 'us-east-1_pool', clientId: 'client', jwksUri });
  });

  it('knows both queues or neither', () => {
    const queues = {
      JOBS_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/1/jobs',
      DEAD_LETTERS_URL: 'https://sqs.us-east-1.amazonaws.com/1/jobs-dlq',
    };
    expect(parseConfig({ ...environment, ...queues }).aws).toMatchObject({
      jobsQueueUrl: queues.JOBS_QUEUE_URL,
      deadLettersUrl: queues.DEAD_LETTERS_URL,
    });
    const { JOBS_QUEUE_URL } = queues;
    expect(problemsOf({ ...environment, JOBS_QUEUE_URL })).toEqual([
      '/DEAD_LETTERS_URL is missing, although the other queue is given',
    ]);
  });

  it('has a second cursor key while the key is renewed only', () => {
    expect(parseConfig(environment).api.cursorKeys).toEqual({ current: environment.CURSOR_KEY });
    const previous = 'f'.repeat(32);
    expect(parseConfig({ ...environment, CURSOR_KEY_PREVIOUS: previous }).api.cursorKeys).toEqual({
      current: environment.CURSOR_KEY,
      previous,
    });
  });

  it.each([
    ['CURSOR_KEY', 'short'],
    ['CURSOR_KEY_PREVIOUS', 'short'],
    ['PORT', 'http'],
    ['PORT', '99999'],
    ['REQUEST_DEADLINE_SECONDS', 'soon'],
    ['BODY_BUDGET_MIB', '1 GiB'],
    ['CLARITY_ENV', 'Production?'],
    ['EVENTS_TOPIC_ARN', 'topic'],
  ])('names %s when it is %s, and never its value', (name, value) => {
    const problems = problemsOf({ ...environment, [name]: value });
    expect(problems).toEqual([expect.stringContaining(`/${name} `)]);
    expect(problems.join()).not.toContain(value);
  });

  it('bounds what requests may take, by the memory there is if nothing else is given', () => {
    const { api } = parseConfig(environment);
    expect(api.requestDeadlineMs).toBe(15_000);
    expect(api.bodyBudgetBytes).toBe(bodyCapacityOf());
    const given = { REQUEST_DEADLINE_SECONDS: '5', BODY_BUDGET_MIB: '64' };
    expect(parseConfig({ ...environment, ...given }).api).toMatchObject({
      requestDeadlineMs: 5_000,
      bodyBudgetBytes: 64 * 1024 * 1024,
    });
  });

  it('names what is missing', () => {
    expect(problemsOf({ PORT: '80' }).join()).toContain('CURSOR_KEY');
    expect(problemsOf({ ...environment, TABLE_NAME: '' }).join()).toContain('TABLE_NAME');
  });
});
