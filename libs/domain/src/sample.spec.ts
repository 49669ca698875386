import fc from 'fast-check';
import { parseInstant } from './instant';
import { parseSample, timed, type Sample } from './sample';
import { isSampleType, sampleTypeNames, sampleTypes, sleepStages } from './sample-types';
import { aSample } from './testing';

const now = Date.UTC(2026, 2, 10);
const minute = 60_000;
const day = 24 * 60 * minute;

/** Any sample that the rules allow, with any offset and any name. */
const validSample = fc
  .record({
    type: fc.constantFrom(...sampleTypeNames),
    id: fc.uuid(),
    start: fc.integer({ min: now - 3650 * day, max: now - 7 * day }),
    length: fc.integer({ min: 0, max: 7 * day }),
    offsetMinutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
    source: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    device: fc.option(fc.string({ minLength: 1, maxLength: 60 }), { nil: undefined }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    stage: fc.constantFrom(...sleepStages),
  })
  .filter(({ source }) => source.length <= 128)
  .map(({ type, start, length, offsetMinutes, share, stage, device, ...rest }): Sample => {
    const definition = sampleTypes[type];
    const within = ({ min, max }: { min: number; max: number }) =>
      Math.min(max, min + share * (max - min));
    const value =
      definition.kind === 'quantity'
        ? within(definition)
        : definition.kind === 'sleep-stage'
          ? stage
          : { systolic: within(definition.systolic), diastolic: within(definition.diastolic) };
    return {
      ...rest,
      type,
      start: withOffset(start, offsetMinutes),
      end: withOffset(
        start + (type === 'activity_count' ? Math.min(length, 60 * minute) : length),
        offsetMinutes,
      ),
      value,
      unit: definition.unit,
      ...(device !== undefined && { device }),
    };
  });

function withOffset(instant: number, offsetMinutes: number): string {
  const local = new Date(instant + offsetMinutes * minute).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

const pointersOf = (input: unknown) => {
  const parsed = parseSample(input, now);
  return parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer);
};

describe('parseSample', () => {
  it('accepts every sample within the rules and gives it back unchanged', () => {
    fc.assert(
      fc.property(validSample, (sample) => {
        const parsed = { ok: true, ...timed(sample) };
        expect(parseSample(sample, now)).toEqual(parsed);
        expect(parseSample(JSON.parse(JSON.stringify(sample)), now)).toEqual(parsed);
      }),
    );
  });

  it('never throws, and names a place for every reason', () => {
    const almost = fc
      .tuple(validSample, fc.dictionary(fc.string(), fc.anything()))
      .map(([sample, changes]) => ({ ...sample, ...changes }));
    const wrongPart = fc
      .tuple(validSample, fc.constantFrom('id', 'type', 'start', 'end', 'value', 'unit', 'source'))
      .chain(([sample, field]) => fc.anything().map((value) => ({ ...sample, [field]: value })));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almost, wrongPart), (input) => {
        const parsed = parseSample(input, now);
        if (parsed.ok) return;
        expect(parsed.errors.length).toBeGreaterThan(0);
        for (const { pointer, detail } of parsed.errors) {
          expect(pointer).toMatch(/^(\/([^~/]|~[01])*)*$/);
          expect(detail).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('names every offending place at once', () => {
    expect(pointersOf({ id: 1, type: 'x', start: '', end: '', 'a/b~c': 1 }).toSorted()).toEqual(
      ['/a~1b~0c', '/end', '/id', '/source', '/start', '/type'].toSorted(),
    );
  });

  it('reports unknown fields once, however many there are', () => {
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`f${n}`, n]));
    const parsed = parseSample({ ...aSample(), ...fields }, now);
    expect(parsed).toEqual({
      ok: false,
      errors: [{ pointer: '/f0', detail: 'is not a known field, nor are 99999 others' }],
    });
  });

  it('gives at most ten errors, none of them long, for any input', () => {
    const wrong = { ['x'.repeat(1_000_000)]: 1, type: 'blood_pressure', value: { a: 1 } };
    const parsed = parseSample(wrong, now);
    expect(parsed.ok || parsed.errors.length).toBe(9);
    expect(JSON.stringify(parsed).length).toBeLessThan(2_000);
  });

  it.each([null, undefined, 7, 'text', [], [aSample()]])(
    'rejects %p, which is not an object',
    (input) => {
      expect(pointersOf(input)).toEqual(['']);
    },
  );

  it.each<[string, object]>([
    ['/id', { id: '123' }],
    ['/unit', { unit: '/min' }],
    ['/value', { value: -1 }],
    ['/value', { value: 1_000_001 }],
    ['/value', { value: '120' }],
    ['/value', { value: NaN }],
    ['/value', { value: null }],
    ['/source', { source: '' }],
    ['/source', { source: 'x'.repeat(129) }],
    ['/device', { device: 7 }],
    ['/start', { start: '2015-01-01T00:00:00Z', end: '2015-01-01T00:01:00Z' }],
    ['/start', { start: '2026-03-02T12:00:00' }],
    ['/end', { end: '2026-03-02T11:59:59Z' }],
    ['/end', { end: '2026-03-02T13:00:01Z' }],
    ['/end', { type: 'step_count', unit: '{steps}', end: '2026-03-09T12:00:01Z' }],
    ['/end', { start: '2026-03-10T00:00:00Z', end: '2026-03-10T00:01:01Z' }],
    ['/note', { note: 'not a field' }],
    ['/unit', { type: 'heart_rate' }],
    ['/value/diastolic', { type: 'blood_pressure', unit: 'mm[Hg]', value: { systolic: 120 } }],
    [
      '/value/pulse',
      {
        type: 'blood_pressure',
        unit: 'mm[Hg]',
        value: { systolic: 120, diastolic: 80, pulse: 60 },
      },
    ],
    ['/value', { type: 'blood_pressure', unit: 'mm[Hg]', value: 'oops' }],
    ['/value', { type: 'blood_pressure', unit: 'mm[Hg]', value: [120, 80] }],
    ['/value', { type: 'sleep_analysis', unit: '1', value: 'snoring' }],
  ])('points at %s of %p', (pointer, changes) => {
    expect(pointersOf({ ...aSample(), ...changes })).toEqual([pointer]);
  });

  it.each<[string, object]>([
    [
      'the clock of a phone that runs a minute ahead',
      { end: '2026-03-10T00:01:00Z', start: '2026-03-10T00:00:00Z' },
    ],
    ['counts of an hour', { end: '2026-03-02T13:00:00Z' }],
    ['steps of seven days', { type: 'step_count', unit: '{steps}', end: '2026-03-09T12:00:00Z' }],
    ['an event without length', { end: '2026-03-02T12:00:00Z' }],
    ['both ends of a range', { value: 0 }],
  ])('accepts %s', (_, changes) => {
    expect(pointersOf({ ...aSample(), ...changes })).toEqual([]);
  });

  it('treats the case of an id as no difference, so that a repeat is recognised', () => {
    const id = 'ABCDEF01-2345-6789-ABCD-EF0123456789';
    expect(parseSample(aSample({ id }), now)).toMatchObject({ sample: { id: id.toLowerCase() } });
  });

  it('is not confused by names that every object has', () => {
    expect(pointersOf({ ...aSample(), type: 'constructor' })).toEqual(['/type']);
    expect(pointersOf(JSON.parse('{"__proto__": {"id": "x"}}'))).toContain('/__proto__');
    expect(isSampleType('toString')).toBe(false);
  });
});

describe('parseInstant', () => {
  it.each([
    ['2026-03-02T12:00:00Z', Date.UTC(2026, 2, 2, 12)],
    ['2026-03-02t12:00:00z', Date.UTC(2026, 2, 2, 12)],
    ['2026-03-02 12:00:00+02:00', Date.UTC(2026, 2, 2, 10)],
    ['2026-03-02T12:00:00.5-09:30', Date.UTC(2026, 2, 2, 21, 30, 0, 500)],
    ['2024-02-29T23:59:59.999Z', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
    ['2026-03-02T12:00:00.123456789Z', Date.UTC(2026, 2, 2, 12, 0, 0, 123)],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    '2026-03-02T12:00:00',
    '2026-03-02',
    '2026-02-30T12:00:00Z',
    '2025-02-29T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-00-10T12:00:00Z',
    '2026-01-00T12:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T12:60:00Z',
    '2026-01-01T12:00:60Z',
    '2026-01-01T12:00:00+24:00',
    '2026-01-01T12:00:00+0200',
    ' 2026-01-01T12:00:00Z',
    '20260101T120000Z',
    1_767_268_800_000,
    null,
  ])('refuses %p', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads back every instant with every offset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2999, 0) }),
        fc.integer({ min: -1439, max: 1439 }),
        (instant, offset) => {
          expect(parseInstant(withOffset(instant, offset))).toBe(instant);
        },
      ),
    );
  });
});
