import fc from 'fast-check';
import { linesOfShard, parseManifest, type Manifest } from './manifest';

const line = (input: unknown, output: unknown) => JSON.stringify({ input, output });
const manifestOf = (count: number, head = '') =>
  parseManifest(
    head +
      Array.from({ length: count }, (_, n) =>
        line(`inference/in/${n}.json`, `inference/out/${n}.json`),
      ).join('\n'),
  );

test('lines, with or without a head, blank ones apart', () => {
  const text = `{"schema": 1, "shards": 4}\r\n\n${line('inference/a', 'inference/b')}\r\n\n`;
  expect(parseManifest(text)).toEqual({
    shards: 4,
    lines: [{ line: 3, input: 'inference/a', output: 'inference/b' }],
  });
  expect(manifestOf(2).shards).toBeUndefined();
  expect(manifestOf(2).lines).toHaveLength(2);
});

test.each([
  ['no JSON', '{', /not JSON/],
  ['a head that is not first', '{"schema": 1, "shards": 4}', /malformed/],
  ['no output', '{"input": "inference/a"}', /malformed/],
  ['an output elsewhere', line('inference/a', 'analyses/b'), /begin with inference/],
  ['an output that climbs', line('inference/a', 'inference/../models/b'), /between slashes/],
  ['an output over its input', line('inference/a', 'inference/a'), /is the input/],
  ['an output that is another’s', line('inference/a', 'inference/out'), /Line 1 has the same/],
])('a line with %s cannot be used', (_, content, reason) => {
  const { lines } = parseManifest(`${line('inference/x', 'inference/out')}\n${content}`);
  expect(lines[1]).toEqual({ line: 2, unusable: expect.stringMatching(reason) as string });
});

test('a line whose input may not be read is kept, for its output can say so', () => {
  const { lines } = parseManifest(line('analyses/a', 'inference/b'));
  expect(lines[0]).toMatchObject({ output: 'inference/b', refusal: /begin with/ });
});

test('reads any text without throwing, and no output twice', () => {
  const key = fc.constantFrom('inference/a', 'inference/b', 'inference/..', 'x', '', 7, null);
  const content = fc.oneof(
    fc.string(),
    fc.tuple(key, key).map(([input, output]) => line(input, output)),
    fc.json(),
  );
  fc.assert(
    fc.property(fc.array(content), (contents) => {
      const { lines } = parseManifest(contents.join('\n'));
      const outputs = lines.flatMap((each) => ('output' in each ? [each.output] : []));
      expect(new Set(outputs).size).toBe(outputs.length);
      expect(outputs.every((output) => output.startsWith('inference/'))).toBe(true);
    }),
  );
});

describe('shards', () => {
  test('every line is in exactly one of them, and they are even', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 2, max: 20 }));
    fc.assert(
      fc.property(sizes, fc.boolean(), ([count, arraySize], declared) => {
        const manifest = manifestOf(count, declared ? `{"schema":1,"shards":${arraySize}}\n` : '');
        const shards = Array.from({ length: arraySize }, (_, arrayIndex) =>
          linesOfShard(manifest, { arrayIndex, arraySize: declared ? undefined : arraySize }),
        );
        const all = shards.flat().toSorted((a, b) => a.line - b.line);
        expect(all).toEqual(manifest.lines);
        const lengths = shards.map((shard) => shard.length);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a job outside an array does everything', () => {
    const manifest = manifestOf(5, '{"schema":1,"shards":3}\n');
    const place = { arrayIndex: undefined, arraySize: undefined };
    expect(linesOfShard(manifest, place)).toEqual(manifest.lines);
  });

  test.each<[string, Manifest, number, number | undefined, RegExp]>([
    ['sizes that differ', { lines: [], shards: 3 }, 0, 4, /for 3 jobs and the array has 4/],
    ['no size', { lines: [] }, 0, undefined, /how many jobs/],
    ['a child too many', { lines: [], shards: 3 }, 3, undefined, /no job 3/],
  ])('%s: refused', (_, manifest, arrayIndex, arraySize, reason) => {
    expect(() => linesOfShard(manifest, { arrayIndex, arraySize })).toThrow(reason);
  });
});
