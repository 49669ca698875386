import {
  sampleTypeNames,
  sampleTypes,
  sleepStages,
  timed,
  type TimedSample,
} from '@clarity/domain';
import { aSample, someMinutes } from '@clarity/domain/testing';
import fc from 'fast-check';
import { brotliCompressSync } from 'node:zlib';
import dayBlocks from '../../test/fixtures/day-blocks.json';
import { decodeBlock, encodeBlock } from './block-codec';

const anyNumber = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.integer({ min: -100_000, max: 100_000 }).map((tenths) => tenths / 10),
  fc.constantFrom(-0, 2 ** 53, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, 0.1 + 0.2, 1e-9, 1e21),
);
/** Lone surrogates too: JSON can bring them in. */
const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 30 })
  .map((text) => `${text}\ud800`);
const two = (max: number) => fc.nat({ max }).map((n) => String(n).padStart(2, '0'));
const date = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10));
const anyTime = fc
  .tuple(
    fc.tuple(date, fc.constantFrom('T', 't', ' '), two(23), two(59), two(59)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,9}$/)),
    fc.oneof(
      fc.constantFrom('Z', 'z', '-00:00'),
      fc.tuple(fc.constantFrom('+', '-'), two(23), two(59)).map(([s, h, m]) => `${s}${h}:${m}`),
    ),
  )
  .map(
    ([[day, separator, h, m, s], fraction, zone]) =>
      `${day}${separator}${h}:${m}:${s}${fraction}${zone}`,
  );

const anySamples: fc.Arbitrary<TimedSample[]> = fc
  .constantFrom(...sampleTypeNames)
  .chain((type) => {
    const { kind } = sampleTypes[type];
    const value =
      kind === 'quantity'
        ? anyNumber
        : kind === 'sleep-stage'
          ? fc.constantFrom(...sleepStages)
          : fc.record({ systolic: anyNumber, diastolic: anyNumber }, { noNullPrototype: true });
    const sample = fc.record(
      {
        id: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: anyText }),
        type: fc.constant(type),
        start: anyTime,
        end: anyTime,
        value,
        unit: fc.constantFrom('1', '/min', 'mm[Hg]'),
        source: anyText,
        device: anyText,
      },
      {
        noNullPrototype: true,
        requiredKeys: ['id', 'type', 'start', 'end', 'value', 'unit', 'source'],
      },
    );
    return fc.array(sample.map(timed), { minLength: 1, maxLength: 40 });
  });

const minutes = someMinutes(Date.UTC(2026, 2, 2), 1440).map(timed);

describe('the block codec', () => {
  it('gives back any samples to the letter and the bit, with their times', async () => {
    await fc.assert(
      fc.asyncProperty(anySamples, async (samples) => {
        expect(await decodeBlock(await encodeBlock(samples))).toStrictEqual(samples);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a block that was cut or changed, or gives samples, but never hangs', async () => {
    const block = await encodeBlock(minutes.slice(0, 50));
    await fc.assert(
      fc.asyncProperty(fc.nat(block.length - 1), fc.nat(255), async (place, byte) => {
        await expect(decodeBlock(block.subarray(0, place))).rejects.toThrow();
        const changed = Buffer.from(block);
        changed[place] = byte;
        await decodeBlock(changed).catch((error) => expect(String(error)).toContain('Error'));
      }),
    );
  });

  it('refuses a format it does not support, and a type it does not know', async () => {
    await expect(decodeBlock(Uint8Array.of(9, 1, 2))).rejects.toThrow('format 9');
    await expect(decodeBlock(new Uint8Array())).rejects.toThrow();
    const unknown = Buffer.concat([Uint8Array.of(1), brotliCompressSync('\u0006["no"]\u0000')]);
    await expect(decodeBlock(unknown)).rejects.toThrow('type');
  });

  it('reads what the earlier format wrote', async () => {
    const stored = dayBlocks.items.map(({ data }) => decodeBlock(Buffer.from(data, 'base64')));
    const samples = (await Promise.all(stored)).flat().map(({ sample }) => sample);
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(samples.toSorted(byId)).toEqual(dayBlocks.samples.toSorted(byId));
  });

  it('holds samples of one type', async () => {
    await expect(encodeBlock([])).rejects.toThrow();
    const mixed = [aSample(), aSample({ type: 'mood' })].map(timed);
    await expect(encodeBlock(mixed)).rejects.toThrow('one type');
  });

  it('needs less than 17 bytes for a minute of a day, 16 of them its random id', async () => {
    expect((await encodeBlock(minutes)).length).toBeLessThan(17 * 1440);
    const named = minutes.map(({ sample, ...times }) => ({
      ...times,
      sample: { ...sample, device: 'Watch7,2', source: 'Ünïcödé' },
    }));
    expect((await encodeBlock(named)).length).toBeLessThan(17 * 1440);
  });
});
