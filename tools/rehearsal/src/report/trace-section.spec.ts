import type { Segment } from '@clarity/local-cloud/client';
import { traceSection, treeOf } from './trace-section';

const segment = (id: string, parent: string | undefined, more: Partial<Segment> = {}): Segment => ({
  id,
  trace_id: '1-692a0000-0123456789abcdef01234567',
  ...(parent === undefined ? {} : { parent_id: parent, type: 'subsegment' }),
  name: id,
  start_time: 100,
  end_time: 100.25,
  annotations: {},
  metadata: { default: {} },
  ...more,
});

test('a segment is below its parent, wherever in the trace it began', () => {
  const segments = [
    segment('api', 'the client'),
    segment('job', 'send'),
    segment('S3', 'api'),
    segment('send', 'api'),
  ];
  expect(treeOf(segments).map((row) => `${row.depth} ${row.segment.id}`)).toEqual([
    '0 api',
    '1 S3',
    '1 send',
    '2 job',
  ]);
});

test('every segment is drawn with its name, operation and duration, and nothing in it can run', () => {
  const page = traceSection([
    segment('<script>', undefined),
    segment('DynamoDB', '<script>', { aws: { operation: 'GetItem' }, end_time: 100.0123 }),
  ]);
  expect(page).toContain('250 ms');
  expect(page).toContain('DynamoDB GetItem');
  expect(page).toContain('12.3 ms');
  expect(page).not.toContain('<script>');
});

test('without a trace there is no section', () => {
  expect(traceSection([])).toBe('');
});
