import { gzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';

const MiB = 1024 * 1024;

/** A batch that an honest client may send at `now`: up to 10,000 samples in almost `bytes`. */
export function honestBatch(bytes: number, now = Date.now()): Buffer {
  const length = Math.min(10_000, Math.floor(bytes / 500));
  const start = now - 30 * 86_400_000;
  const samples = Array.from({ length }, (_, minute) =>
    JSON.stringify({
      id: randomUUID(),
      type: 'activity_count',
      start: new Date(start + minute * 60_000).toISOString(),
      end: new Date(start + (minute + 1) * 60_000).toISOString(),
      value: minute % 400,
      unit: '{counts}',
      source: 'watch '.repeat(20),
      device: 'model '.repeat(20),
    }),
  );
  const size = samples.reduce((sum, text) => sum + text.length + 1, 100);
  // JSON may be indented: what the samples do not fill is space between them.
  const gap = ' '.repeat(Math.max(0, Math.floor((bytes - size) / length)));
  return Buffer.from(`{"samples":[${samples.join(`,${gap}`)}]}`);
}

/** Bodies that once took seconds, gigabytes or the process itself. */
export function hostileBodies(bytes: number): { name: string; body: Buffer; packed?: true }[] {
  const filled = (head: string, item: (i: number) => string, tail: string) => {
    const items: string[] = [];
    for (let size = head.length, i = 0; size < bytes - 100; i++) {
      const text = item(i);
      size += text.length + 1;
      items.push(text);
    }
    return Buffer.from(`${head}${items.join(',')}${tail}`);
  };
  const sample = (name: string) =>
    `{"id":"x","type":"mood","start":"","end":"","value":{},"unit":"","source":"${name}"}`;
  return [
    { name: 'nested arrays', body: Buffer.alloc(bytes, '[') },
    { name: 'unknown fields', body: filled('{"samples":[{', (i) => `"${i}":1`, '}]}') },
    { name: 'unknown frame', body: filled('{', (i) => `"${i}":1`, '}') },
    { name: 'empty arrays', body: filled('{"samples":[', () => '[]', ']}') },
    { name: 'nulls', body: filled('{"samples":[', () => 'null', ']}') },
    {
      name: 'wrong samples',
      body: filled('{"samples":[', (i) => sample(`${i}`.repeat(100).slice(0, 600)), ']}'),
    },
    { name: 'one text', body: Buffer.from(`{"samples":["${'x'.repeat(bytes - 20)}"]}`) },
    { name: 'escapes', body: Buffer.from(`{"samples":["${'\\u0041'.repeat(bytes / 6 - 5)}"]}`) },
    { name: 'one number', body: Buffer.from(`{"samples":[${'1'.repeat(bytes - 20)}]}`) },
    { name: 'gzip bomb', body: gzipSync(Buffer.alloc(64 * MiB, '[')), packed: true },
  ];
}
