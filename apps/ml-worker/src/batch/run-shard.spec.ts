import { DomainError } from '@clarity/domain';
import { jsonParser } from '@clarity/schema';
import { inMemoryObjectStore } from '@clarity/domain/testing';
import { askedWeek } from '../../test/asked-week';
import { listening } from '../../test/log-lines';
import { selfTestedModel } from '../../test/self-tested';
import { lineOutputSchema } from './line-output';
import { parseManifest } from './manifest';
import { processLine } from './process-line';
import { exitStatusOf, runShard } from './run-shard';

const parseOutput = jsonParser('output', lineOutputSchema);
const type = { contentType: 'application/json' };

/** A cohort in memory; `.fails` inputs are not weeks. */
async function cohort(inputs: readonly string[]) {
  const objects = inMemoryObjectStore();
  const { provider: inference, judged } = await selfTestedModel();
  for (const name of inputs) {
    const content = name.endsWith('.fails') ? { schema: 1 } : askedWeek();
    await objects.put(`inference/in/${name}`, Buffer.from(JSON.stringify(content)), type);
  }
  const manifest = inputs.map((name) =>
    JSON.stringify({ input: `inference/in/${name}`, output: `inference/out/${name}` }),
  );
  const { lines: logged, log } = listening();
  const run = (more: Partial<Parameters<typeof runShard>[0]> = {}) =>
    runShard({
      lines: parseManifest(manifest.join('\n')).lines,
      endLine: (line) => processLine(line, { objects, inference: judged.inference }),
      room: 2,
      signal: new AbortController().signal,
      log,
      pauseMs: () => 0,
      ...more,
    });
  const output = async (name: string) => {
    const object = await objects.get(`inference/out/${name}`);
    return parseOutput(Buffer.from(object?.bytes ?? []).toString('utf8'));
  };
  return { objects, inference, manifest, run, output, logged };
}
const none = { completed: 0, failed: 0, earlier: 0, unusable: 0, unfinished: 0, left: 0 };

test('weeks are answered, poison lines say why they were not, and the job did its part', async () => {
  const { run, output, manifest, logged } = await cohort(['a', 'b.fails', 'c']);
  manifest.push(JSON.stringify({ input: 'inference/in/gone', output: 'inference/out/gone' }));
  manifest.push(JSON.stringify({ input: 'analyses/x', output: 'inference/out/x' }));
  const tally = await run();
  expect(tally).toEqual({ ...none, completed: 2, failed: 3 });
  expect(exitStatusOf(tally)).toBe(0);
  expect(await output('a')).toMatchObject({
    status: 'completed',
    input: 'inference/in/a',
    result: { quality: { missingMinutes: 10 }, timeZone: 'Europe/Berlin' },
  });
  expect(await output('b.fails')).toMatchObject({
    status: 'failed',
    failure: { code: 'invalid-input', detail: expect.stringMatching(/malformed/) as string },
  });
  expect(await output('gone')).toMatchObject({ failure: { code: 'input-missing' } });
  expect(await output('x')).toMatchObject({ failure: { code: 'invalid-input' } });
  expect(JSON.stringify(logged)).not.toContain('inference/in/');
});

test('another run does nothing again and says the same', async () => {
  const { run, objects, inference } = await cohort(['a', 'b.fails', 'c']);
  await run();
  await objects.delete('inference/out/c');
  const embed = jest.spyOn(inference, 'embed');
  const tally = await run();
  expect(tally).toEqual({ ...none, completed: 1, earlier: 2 });
  expect(exitStatusOf(tally)).toBe(0);
  expect(embed).toHaveBeenCalledTimes(1);
});

test('an output that another attempt wrote meanwhile stays', async () => {
  const { run, objects, inference, output } = await cohort(['a']);
  const first = { schema: 1, status: 'failed', input: 'inference/in/a' };
  const failure = { code: 'first', detail: 'was here' };
  jest.spyOn(inference, 'embed').mockImplementationOnce(async () => {
    const bytes = Buffer.from(JSON.stringify({ ...first, failure }));
    await objects.put('inference/out/a', bytes, type);
    return [new Float32Array(96)];
  });
  expect(await run()).toEqual({ ...none, earlier: 1 });
  expect(await output('a')).toMatchObject({ failure });
});

test('objects that are too large to be a week or an output are not read', async () => {
  const { run, objects, output } = await cohort(['a', 'b']);
  const large = Buffer.alloc(1024 * 1024 + 1, 'x');
  await objects.put('inference/in/a', large, type);
  await objects.put('inference/out/b', large, type);
  const get = jest.spyOn(objects, 'get');
  expect(await run()).toEqual({ ...none, failed: 1, unusable: 1 });
  for (const [, options] of get.mock.calls) expect(options).toEqual({ mostBytes: 1024 * 1024 });
  expect(await output('a')).toMatchObject({
    failure: { code: 'invalid-input', detail: 'The object has more than 1048576 bytes.' },
  });
});

test('fails the job if a line has no place for its answer', async () => {
  const { run, objects, manifest } = await cohort(['a', 'b']);
  await objects.put('inference/out/b', Buffer.from('something else'), type);
  manifest.push('no JSON');
  const tally = await run();
  expect(tally).toEqual({ ...none, completed: 1, unusable: 2 });
  expect(exitStatusOf(tally)).toBe(1);
  const kept = await objects.get('inference/out/b');
  expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('something else');
});

test('a hiccup of S3 is tried again', async () => {
  const { run, objects } = await cohort(['a', 'b']);
  objects.failNext('unavailable', 3);
  expect(await run({ room: 1 })).toEqual({ ...none, completed: 1, unfinished: 1 });
  objects.failNext('unavailable', 2);
  expect(await run({ room: 1 })).toEqual({ ...none, completed: 1, earlier: 1 });
});

test('an outage ends the job with its lines unfinished, not failed', async () => {
  const { run, objects } = await cohort(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  jest.spyOn(objects, 'get').mockRejectedValue(new DomainError('unavailable', 'S3 is down.'));
  const tally = await run({ room: 1 });
  expect(tally).toEqual({ ...none, unfinished: 5, left: 3 });
  expect(exitStatusOf(tally)).toBe(1);
  expect(objects.keys().filter((key) => key.startsWith('inference/out/'))).toEqual([]);
});

describe('a model that fails on a week', () => {
  const crash = () => Promise.reject(new Error('kernel crashed'));

  test('is the week’s fault if the model still works', async () => {
    const { run, inference, output } = await cohort(['a', 'b']);
    const { embed } = inference;
    let weeks = 0;
    jest.spyOn(inference, 'embed').mockImplementation(async (week) => {
      // The probe week begins with a rest that no line of the cohort has.
      if (week[0]?.[0] !== 15 && weeks++ < 2) await crash();
      return embed(week);
    });
    expect(await run({ room: 1 })).toEqual({ ...none, completed: 1, failed: 1 });
    expect(await output('a')).toMatchObject({ failure: { code: 'model-error' } });
  });

  test('blames no week if the model itself is broken', async () => {
    const { run, inference, objects } = await cohort(['a', 'b']);
    jest.spyOn(inference, 'embed').mockImplementation(crash);
    expect(await run()).toEqual({ ...none, unfinished: 2 });
    expect(objects.keys().filter((key) => key.startsWith('inference/out/'))).toEqual([]);
  });
});

test('finishes the lines in flight on a stop and begins no other', async () => {
  const { run } = await cohort(['a', 'b', 'c', 'd']);
  const stop = new AbortController();
  const begun: number[] = [];
  const tally = await run({
    signal: stop.signal,
    endLine: async ({ line }) => {
      begun.push(line);
      if (line === 2) stop.abort();
      await new Promise((resolve) => setImmediate(resolve));
      return { kind: 'completed' };
    },
  });
  expect(begun).toEqual([1, 2]);
  expect(tally).toEqual({ ...none, completed: 2, left: 2 });
  expect(exitStatusOf(tally)).toBe(1);
});

test('logs its progress now and then', async () => {
  const { run, logged } = await cohort([]);
  const lines = Array.from({ length: 250 }, (_, n) => ({
    line: n,
    input: `inference/in/${n}`,
    output: `inference/out/${n}`,
  }));
  await run({ lines, room: 1, endLine: async () => ({ kind: 'completed' }) });
  expect(logged).toMatchObject([
    { message: 'progress', completed: 100, left: 150, lines: 250 },
    { message: 'progress', completed: 200, left: 50, lines: 250 },
  ]);
});
