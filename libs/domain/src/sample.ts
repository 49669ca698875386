import type { FieldError } from '@clarity/schema';
import { parseInstant } from './instant';
import {
  isSampleType,
  sampleTypes,
  sleepStages,
  type BloodPressureType,
  type QuantityType,
  type SampleType,
  type SleepStage,
  type SleepStageType,
} from './sample-types';
import { isUuid } from './uuid';

export interface BloodPressure {
  readonly systolic: number;
  readonly diastolic: number;
}

export type SampleValue = number | BloodPressure | SleepStage;

/** One measurement of one person. `start` and `end` are RFC 3339 with offset, as the client sent them. */
export interface Sample {
  /** Client-made UUID: the key by which a repeated upload is recognised. */
  readonly id: string;
  readonly type: SampleType;
  readonly start: string;
  readonly end: string;
  readonly value: SampleValue;
  readonly unit: string;
  readonly source: string;
  readonly device?: string;
}

/** A sample whose times have been read: they are parsed once, on the way in. */
export interface TimedSample {
  readonly sample: Sample;
  /** Epoch milliseconds. */
  readonly start: number;
  /** Epoch milliseconds. */
  readonly end: number;
}

export type ParsedSample =
  | ({ readonly ok: true } & TimedSample)
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const maxNameLength = 128;
const tenYears = 10 * 365.25 * 24 * 3_600_000;
/** Clocks of phones run ahead; a minute of that is not "the future". */
const clockSkew = 60_000;
const hour = 3_600_000;
const longestInterval = 7 * 24 * hour;
/** A client that has this many mistakes in one sample learns nothing from more of them. */
const maxErrors = 10;

const sampleFields = new Set(['id', 'type', 'start', 'end', 'value', 'unit', 'source', 'device']);
const bloodPressureParts = ['systolic', 'diastolic'] as const;
const bloodPressureFields = new Set<string>(bloodPressureParts);

/**
 * Checks one sample from outside against its type's range and unit, and its times against `now`.
 * @param now epoch milliseconds
 * @returns the sample with nothing added and nothing lost, or at most ten reasons why it is not one;
 *   unknown fields are one reason, however many there are
 */
export function parseSample(input: unknown, now: number): ParsedSample {
  if (!isRecord(input))
    return { ok: false, errors: [{ pointer: '', detail: 'must be an object' }] };
  const errors: FieldError[] = [];
  const reject: Reject = (field, detail) => {
    if (errors.length < maxErrors) errors.push({ pointer: `/${field}`, detail });
  };

  rejectUnknownFields(input, sampleFields, '', reject);
  const { id, source, device } = input;
  if (typeof id !== 'string' || !isUuid(id)) reject('id', 'must be a UUID');
  if (!isName(source)) reject('source', `must be 1 to ${maxNameLength} characters`);
  if (device !== undefined && !isName(device))
    reject('device', `must be 1 to ${maxNameLength} characters`);
  const start = parseInstant(input['start']);
  const end = parseInstant(input['end']);
  checkTimes(start, end, now, reject);

  const type = input['type'];
  if (typeof type !== 'string' || !isSampleType(type)) reject('type', 'is not a known sample type');
  else {
    checkLength(type, start, end, reject);
    checkValue(type, input, reject);
  }

  if (errors.length > 0 || start === undefined || end === undefined) return { ok: false, errors };
  return { ok: true, sample: toSample(input), start, end };
}

/**
 * A sample that was checked before, with its times.
 * @throws Error for a time that is not RFC 3339
 */
export function timed(sample: Sample): TimedSample {
  const start = parseInstant(sample.start);
  const end = parseInstant(sample.end);
  if (start === undefined || end === undefined)
    throw new Error('A sample has a time that is not RFC 3339.');
  return { sample, start, end };
}

/** Field by field, not by two spreads: the checks above have seen every field there is. */
function toSample(raw: Readonly<Record<string, unknown>>): Sample {
  const { id, type, start, end, value, unit, source, device } = raw as unknown as Sample;
  const sample = { id: id.toLowerCase(), type, start, end, value, unit, source };
  return device === undefined ? sample : { ...sample, device };
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= maxNameLength;
}

type Reject = (field: string, detail: string) => void;

function checkTimes(
  start: number | undefined,
  end: number | undefined,
  now: number,
  reject: Reject,
): void {
  if (start === undefined) reject('start', 'must be an RFC 3339 time with an offset');
  else if (start < now - tenYears) reject('start', 'is more than 10 years ago');
  if (end === undefined) reject('end', 'must be an RFC 3339 time with an offset');
  else if (end > now + clockSkew) reject('end', 'is in the future');
  if (start !== undefined && end !== undefined && end < start) reject('end', 'is before start');
}

type SampleTypeDefinition = QuantityType | BloodPressureType | SleepStageType;

function checkLength(
  type: SampleType,
  start: number | undefined,
  end: number | undefined,
  reject: Reject,
): void {
  if (start === undefined || end === undefined) return;
  const definition: SampleTypeDefinition = sampleTypes[type];
  const { longest = longestInterval } = definition.kind === 'quantity' ? definition : {};
  if (end - start > longest)
    reject('end', `is more than ${longest / hour} h after start, the most for ${type}`);
}

function checkValue(
  type: SampleType,
  raw: Readonly<Record<string, unknown>>,
  reject: Reject,
): void {
  const definition: SampleTypeDefinition = sampleTypes[type];
  if (raw['unit'] !== definition.unit) reject('unit', `must be ${definition.unit} for ${type}`);
  const value = raw['value'];
  switch (definition.kind) {
    case 'quantity':
      if (!inRange(value, definition))
        reject('value', `must be a number from ${definition.min} to ${definition.max}`);
      return;
    case 'blood-pressure':
      if (!isRecord(value)) return reject('value', 'must be an object {systolic, diastolic}');
      for (const part of bloodPressureParts) {
        const range = definition[part];
        if (!inRange(value[part], range))
          reject(`value/${part}`, `must be a number from ${range.min} to ${range.max}`);
      }
      return rejectUnknownFields(value, bloodPressureFields, 'value/', reject);
    case 'sleep-stage':
      if (!sleepStages.includes(value as SleepStage))
        reject('value', `must be one of ${sleepStages.join(', ')}`);
  }
}

function inRange(value: unknown, range: { min: number; max: number }): boolean {
  return typeof value === 'number' && value >= range.min && value <= range.max;
}

/** One error for all of them: it points at the first and counts the rest. Keys are not collected. */
function rejectUnknownFields(
  input: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  prefix: string,
  reject: Reject,
): void {
  let first: string | undefined;
  let count = 0;
  for (const field in input) {
    if (known.has(field)) continue;
    first ??= field;
    count++;
  }
  if (first === undefined) return;
  const rest = count === 1 ? '' : `, nor are ${count - 1} others`;
  reject(prefix + escapePointer(first.slice(0, maxNameLength)), `is not a known field${rest}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}
