import { recordMetric, startMetrics } from './metrics';

const duration = { name: 'RequestDuration', unit: 'Milliseconds' } as const;

test('values of a metric come out as one line that CloudWatch makes a metric of', () => {
  const lines: string[] = [];
  const metrics = startMetrics('clarity-dev-api', (line) => void lines.push(line));
  recordMetric(duration, 3, { Route: 'GET /v1/models' });
  recordMetric(duration, 5, { Route: 'GET /v1/models' });
  recordMetric(duration, 8, { Route: 'GET /livez' });
  metrics.stop();
  const [models, livez] = lines.map((line) => JSON.parse(line));
  expect(models).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: 'CLARITY',
          Dimensions: [['Service', 'Route']],
          Metrics: [{ Name: 'RequestDuration', Unit: 'Milliseconds' }],
        },
      ],
    },
    Service: 'clarity-dev-api',
    Route: 'GET /v1/models',
    RequestDuration: [3, 5],
  });
  expect(Math.abs(models._aws.Timestamp - Date.now())).toBeLessThan(60_000);
  expect(livez).toMatchObject({ Route: 'GET /livez', RequestDuration: [8] });
});

test('no line has more values than CloudWatch takes, and none is lost', () => {
  const lines: string[] = [];
  const metrics = startMetrics('test', (line) => void lines.push(line));
  for (let value = 0; value < 250; value++) recordMetric(duration, value);
  metrics.stop();
  const values = lines.map((line) => JSON.parse(line).RequestDuration as number[]);
  expect(values.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(values.flat()).toEqual(Array.from({ length: 250 }, (_, index) => index));
});

test('nothing is written when nothing is measured', () => {
  const lines: string[] = [];
  startMetrics('test', (line) => void lines.push(line)).stop();
  recordMetric(duration, 1);
  expect(lines).toEqual([]);
});
