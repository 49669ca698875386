import { sampleTypeNames, sampleTypes, sleepStages, type Sample } from '@clarity/domain';
import { aSample, someMinutes } from '@clarity/domain/testing';
import fc from 'fast-check';
import { brotliCompressSync } from 'node:zlib';
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

const anySamples: fc.Arbitrary<Sample[]> = fc.constantFrom(...sampleTypeNames).chain((type) => {
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
  return fc.array(sample, { minLength: 1, maxLength: 40 });
});

describe('the block codec', () => {
  it('gives back any samples to the letter and the bit', () => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        expect(decodeBlock(encodeBlock(samples))).toStrictEqual(samples);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a block that was cut or changed, or gives samples, but never hangs', () => {
    const block = encodeBlock(someMinutes(Date.UTC(2026, 2, 2), 50));
    fc.assert(
      fc.property(fc.nat(block.length - 1), fc.nat(255), (place, byte) => {
        expect(() => decodeBlock(block.subarray(0, place))).toThrow();
        const changed = Buffer.from(block);
        changed[place] = byte;
        try {
          decodeBlock(changed);
        } catch (error) {
          expect(String(error)).toContain('Error');
        }
      }),
    );
  });

  it('refuses a format it does not know, more than its columns, and a type it does not know', () => {
    expect(() => decodeBlock(Uint8Array.of(9, 1, 2))).toThrow('format 9');
    expect(() => decodeBlock(new Uint8Array())).toThrow();
    const unknown = Buffer.concat([Uint8Array.of(1), brotliCompressSync('\u0006["no"]\u0000')]);
    expect(() => decodeBlock(unknown)).toThrow('type');
  });

  it('holds one type, and times that exist', () => {
    expect(() => encodeBlock([])).toThrow();
    expect(() => encodeBlock([aSample(), aSample({ type: 'mood' })])).toThrow('one type');
    for (const end of ['yesterday', '2026-02-30T12:00:00Z', '2026-02-01'])
      expect(() => encodeBlock([aSample({ end })])).toThrow('RFC 3339');
  });

  it('needs less than 18 bytes for a minute of a day, 16 of them its random id', () => {
    const minutes = someMinutes(Date.UTC(2026, 2, 2), 1440);
    expect(encodeBlock(minutes).length).toBeLessThan(18 * 1440);
    const names = minutes.map((sample) => ({ ...sample, device: 'Watch7,2', source: 'Ünïcödé' }));
    expect(encodeBlock(names).length).toBeLessThan(18 * 1440);
  });
});
