import { ValidationError } from '@clarity/schema';
import { describeConfigError, readConfig } from './config';

const everyMode = {
  AWS_REGION: 'us-east-1',
  DATA_BUCKET: 'clarity-local-data-1',
  MODEL_PREFIX: 'models/pat-s',
};
const queue = {
  ...everyMode,
  TABLE_NAME: 'clarity-local-health',
  WORKER_MODE: 'queue',
  JOBS_QUEUE_URL: 'http://127.0.0.1:5000/1/clarity-local-analysis-jobs',
};
const endpoint = { ...everyMode, WORKER_MODE: 'endpoint' };
const batch = { ...everyMode, WORKER_MODE: 'batch', MANIFEST_KEY: 'inference/cohort/manifest' };

test('what a task definition gives is enough', () => {
  expect(readConfig({ ...queue, VISIBILITY_SECONDS: '60', LOG_LEVEL: '' })).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    mode: 'queue',
    executionProvider: 'cpu',
    visibilitySeconds: 60,
    logLevel: 'info',
  });
});

test('an endpoint needs neither table nor queue', () => {
  expect(readConfig({ ...endpoint, EXECUTION_PROVIDER: 'cuda' })).toEqual({
    mode: 'endpoint',
    environment: 'local',
    release: 'unknown',
    logLevel: 'info',
    region: 'us-east-1',
    dataBucket: 'clarity-local-data-1',
    modelPrefix: 'models/pat-s',
    executionProvider: 'cuda',
    port: 8080,
    host: '0.0.0.0',
  });
});

test('a job of Batch needs a manifest, and its place if it has one', () => {
  expect(readConfig(batch)).toMatchObject({
    mode: 'batch',
    manifestKey: 'inference/cohort/manifest',
    arrayIndex: undefined,
    arraySize: undefined,
  });
  const place = { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '12' };
  expect(readConfig({ ...batch, ...place })).toMatchObject({ arrayIndex: 0, arraySize: 12 });
});

test.each([
  [queue, 'WORKER_MODE', undefined],
  [queue, 'TABLE_NAME', undefined],
  [queue, 'PORT', 'http'],
  [queue, 'EXECUTION_PROVIDER', 'tpu'],
  [queue, 'VISIBILITY_SECONDS', '0'],
  [queue, 'JOBS_QUEUE_URL', 'analysis-jobs'],
  [queue, 'MODEL_PREFIX', 'models/'],
  [endpoint, 'DATA_BUCKET', undefined],
  [endpoint, 'PORT', 'http'],
  [batch, 'MANIFEST_KEY', undefined],
  [batch, 'MANIFEST_BUCKET', 'somebody-elses'],
  [batch, 'AWS_BATCH_JOB_ARRAY_INDEX', '-1'],
])('%o with %s = %s is refused by name', (environment, variable, value) => {
  const read = () => readConfig({ ...environment, [variable]: value });
  expect(read).toThrow(ValidationError);
  try {
    read();
  } catch (error) {
    const lines = describeConfigError(error as ValidationError);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(variable);
  }
});

test('lists the modes if the mode is unknown', () => {
  expect.assertions(1);
  try {
    readConfig({ ...queue, WORKER_MODE: 'lambda' });
  } catch (error) {
    expect(describeConfigError(error as ValidationError)).toEqual([
      'WORKER_MODE has to be queue or endpoint or batch',
    ]);
  }
});
