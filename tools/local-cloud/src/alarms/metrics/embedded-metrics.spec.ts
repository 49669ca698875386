import { recordEmbeddedMetrics } from './embedded-metrics';
import { metricStore } from './metric-store';

const at = 1_795_867_200_000;
const line = (changes: object = {}) =>
  JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: 'CLARITY',
          Dimensions: [['Service'], ['Service', 'Route']],
          Metrics: [{ Name: 'RequestDuration', Unit: 'Milliseconds' }],
        },
      ],
    },
    Service: 'api',
    Route: 'GET /v1/models',
    RequestDuration: [3, 5],
    ...changes,
  });

function recorded(...lines: string[]) {
  const store = metricStore({ resolutionMs: 1_000, keptMs: 60_000 });
  for (const each of lines) recordEmbeddedMetrics(store, each);
  const read = (dimensions: Record<string, string>) =>
    store.read({ namespace: 'CLARITY', name: 'RequestDuration', dimensions }, at, at + 1_000);
  return { store, read };
}

test('every value counts under each set of dimensions', () => {
  const { read } = recorded(line(), line({ RequestDuration: 10 }));
  for (const dimensions of [{ Service: 'api' }, { Service: 'api', Route: 'GET /v1/models' }])
    expect(read(dimensions)).toMatchObject({ count: 3, sum: 18, maximum: 10 });
});

test.each([
  '{"level":"info","message":"request"}',
  'text about "CloudWatchMetrics"',
  '{"_aws":{"CloudWatchMetrics":[]}}',
  line({ RequestDuration: 'fast' }),
])('%j has no metric', (text) => {
  expect(recorded(text).store.metrics()).toEqual([]);
});
