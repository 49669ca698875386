import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readBody } from './read-body';

const packed = { 'content-encoding': 'gzip' };
const problem = (name: string, detail?: RegExp) => ({
  problem: name,
  ...(detail === undefined ? {} : { detail: expect.stringMatching(detail) }),
});

function streamOf(...chunks: readonly Uint8Array[]): PassThrough {
  const stream = new PassThrough();
  for (const chunk of chunks) stream.write(chunk);
  return stream.end();
}

describe('a body', () => {
  it('arrives as it was sent, plain or packed, in any chunks', async () => {
    const bodies = fc.uint8Array({ maxLength: 200_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), fc.integer({ min: 200 }), async (body, pack, cut) => {
        const sent = pack ? gzipSync(body) : Buffer.from(body);
        const chunks = [];
        for (let at = 0; at < sent.length; at += cut) chunks.push(sent.subarray(at, at + cut));
        const read = await readBody(streamOf(...chunks), pack ? packed : {}, body.length);
        expect(read.equals(Buffer.from(body))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['plain', {}, Buffer.alloc(1_001)],
    ['announced', { 'content-length': '1001' }, Buffer.alloc(0)],
    ['packed', packed, gzipSync(Buffer.alloc(1_001))],
  ])('over the limit is refused: %s', async (_what, headers, body) => {
    const reading = readBody(streamOf(body), headers, 1_000);
    await expect(reading).rejects.toMatchObject(problem('payload-too-large'));
  });

  it('that unpacks to gigabytes is refused after the limit, not after the gigabytes', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
    const before = process.cpuUsage();
    const reading = readBody(streamOf(bomb), packed, 1024 * 1024);
    await expect(reading).rejects.toMatchObject(problem('payload-too-large'));
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(200);
  });

  it.each([
    ['is not gzip', Buffer.from('{}')],
    ['is half of one', gzipSync(Buffer.alloc(5_000)).subarray(0, 20)],
    ['is nothing', Buffer.alloc(0)],
  ])('that says gzip and %s is refused', async (_what, body) => {
    const reading = readBody(streamOf(body), packed, 10_000);
    await expect(reading).rejects.toMatchObject(problem('invalid-input', /gzip/));
  });

  it.each(['br', 'deflate', 'gzip, gzip', 'zstd'])('in %s is not supported', async (coding) => {
    const reading = readBody(streamOf(), { 'content-encoding': coding }, 10);
    await expect(reading).rejects.toMatchObject({
      ...problem('unsupported-media-type'),
      headers: { 'accept-encoding': 'gzip' },
    });
  });

  it('that breaks off is not taken for a whole one', async () => {
    const stream = new PassThrough();
    const reading = readBody(stream, {}, 10);
    stream.destroy(new Error('aborted'));
    await expect(reading).rejects.toMatchObject(problem('invalid-input'));
  });

  it('in a million tiny chunks is refused', async () => {
    const stream = new PassThrough();
    const reading = readBody(stream, {}, 8 * 1024 * 1024);
    const refused = expect(reading).rejects.toMatchObject(problem('invalid-input', /chunks/));
    for (let i = 0; i < 2_000; i++) stream.write('x');
    await refused;
  });
});

describe('the pace of a body', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  async function sendAtPace(chunkBytes: number, everyMs: number, bytes: number): Promise<unknown> {
    const stream = new PassThrough();
    let outcome: unknown = 'reading';
    readBody(stream, {}, 8 * 1024 * 1024).then(
      (body) => (outcome = body.length),
      (error: unknown) => (outcome = error),
    );
    for (let sent = 0; sent < bytes && outcome === 'reading'; sent += chunkBytes) {
      stream.write(Buffer.alloc(chunkBytes));
      await new Promise(setImmediate);
      jest.advanceTimersByTime(everyMs);
      await new Promise(setImmediate);
    }
    stream.end();
    await new Promise(setImmediate);
    return outcome;
  }

  it('may be that of 1 Mbit/s for 8 MiB', async () => {
    expect(await sendAtPace(125_000, 1_000, 8_000_000)).toBe(8_000_000);
  });

  it('may have gaps of seconds', async () => {
    expect(await sendAtPace(200_000, 8_000, 1_000_000)).toBe(1_000_000);
  });

  it('may not stand still', async () => {
    expect(await sendAtPace(1_000_000, 11_000, 8_000_000)).toMatchObject(
      problem('request-timeout', /No byte/),
    );
  });

  it('may not stay a trickle', async () => {
    expect(await sendAtPace(8_000, 1_000, 8_000_000)).toMatchObject(
      problem('request-timeout', /less than 16 KiB/),
    );
  });
});
