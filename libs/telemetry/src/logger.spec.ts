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
