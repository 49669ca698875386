import { startMetrics } from '@clarity/telemetry';
import { appUnderTest } from '../../test/app-under-test';

test('the duration of requests is measured by route, without health checks', async () => {
  const { app } = await appUnderTest();
  const lines: string[] = [];
  const metrics = startMetrics('api', (line) => void lines.push(line));
  for (const url of ['/v1/analyses/a', '/v1/analyses/b', '/livez']) await app.inject({ url });
  metrics.stop();
  const [line, ...others] = lines.map((text) => JSON.parse(text));
  expect(others).toEqual([]);
  expect(line).toMatchObject({ Route: 'GET /v1/analyses/:id' });
  expect(line.RequestDuration).toHaveLength(2);
});
