import { describeError } from './describe-error';
import { createLogger } from './logger';

function loggedBy(write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  write(createLogger('api', 'info', { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line names the service, the level and the time', () => {
  const [line] = loggedBy((logger) => logger.warn({ requestId: 'r1' }, 'slow'));
  expect(line).toMatchObject({ service: 'api', level: 'warn', message: 'slow', requestId: 'r1' });
  expect(Date.parse(String(line?.['time']))).not.toBeNaN();
});

test('secrets are replaced at every depth that we log', () => {
  const [line] = loggedBy((logger) =>
    logger.info({
      password: 'p4ss',
      headers: { authorization: 'Bearer t0k' },
      request: { body: { refreshToken: 'r3f' } },
    }),
  );
  expect(JSON.stringify(line)).not.toMatch(/p4ss|t0k|r3f/);
});

test('an error whose causes go round in a circle is logged', () => {
  const error = new Error('first');
  error.cause = new Error('second', { cause: error });
  expect(JSON.stringify(describeError(error))).toContain('second');
});

test('an error names its causes, and of an AWS error its HTTP status and request id', () => {
  const denied = Object.assign(new Error('not authorised to perform s3:GetObject'), {
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403, requestId: 'R4', attempts: 3 },
    Bucket: 'a-bucket',
  });
  const error = new Error('S3 did not answer as it should.', { cause: denied });
  const [line] = loggedBy((logger) => logger.error({ err: error }, 'job failed'));
  expect(line?.['err']).toEqual({
    name: 'Error',
    message: 'S3 did not answer as it should.',
    stack: expect.any(String) as string,
    cause: {
      name: 'AccessDenied',
      message: 'not authorised to perform s3:GetObject',
      stack: expect.any(String) as string,
      status: 403,
      requestId: 'R4',
    },
  });
});
