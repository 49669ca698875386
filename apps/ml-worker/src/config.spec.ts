import { DomainError } from '@clarity/domain';
import { describeConfigError, readConfig } from './config';

const environment = {
  AWS_REGION: 'us-east-1',
  TABLE_NAME: 'clarity-local-health',
  DATA_BUCKET: 'clarity-local-data-1',
  MODEL_PREFIX: 'models/pat-s',
  WORKER_MODE: 'queue',
  JOBS_QUEUE_URL: 'http://127.0.0.1:5000/1/clarity-local-analysis-jobs',
};

test('what a task definition gives is enough', () => {
  expect(readConfig({ ...environment, VISIBILITY_SECONDS: '60', LOG_LEVEL: '' })).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    mode: 'queue',
    executionProvider: 'cpu',
    visibilitySeconds: 60,
    logLevel: 'info',
  });
});

test.each([
  ['WORKER_MODE', 'endpoint'],
  ['WORKER_MODE', undefined],
  ['TABLE_NAME', undefined],
  ['PORT', 'http'],
  ['EXECUTION_PROVIDER', 'tpu'],
  ['VISIBILITY_SECONDS', '0'],
  ['JOBS_QUEUE_URL', 'analysis-jobs'],
  ['MODEL_PREFIX', 'models/'],
])('%s = %s is refused by name', (variable, value) => {
  const read = () => readConfig({ ...environment, [variable]: value });
  expect(read).toThrow(DomainError);
  try {
    read();
  } catch (error) {
    const lines = describeConfigError(error);
    expect(lines.some((line) => line.startsWith(variable))).toBe(true);
  }
});

test('an unknown mode is told which there are', () => {
  expect.assertions(1);
  try {
    readConfig({ ...environment, WORKER_MODE: 'batch' });
  } catch (error) {
    expect(describeConfigError(error)).toEqual(['WORKER_MODE has to be queue']);
  }
});
