import type { FieldError } from './errors';
import { parseInstant } from './instant';
import {
  isSampleType,
  sampleTypes,
  sleepStages,
  type BloodPressureType,
  type QuantityType,
  type SampleType,
  type SleepStage,
} from './sample-types';

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

export type ParsedSample =
  | { readonly ok: true; readonly sample: Sample }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const maxNameLength = 128;
const tenYears = 10 * 365.25 * 24 * 3_600_000;
/** Clocks of phones run ahead; a minute of that is not "the future". */
const clockSkew = 60_000;
const longestInterval = 7 * 24 * 3_600_000;

const sampleFields = new Set(['id', 'type', 'start', 'end', 'value', 'unit', 'source', 'device']);

/**
 * Checks one sample from outside against its type's range and unit, and its times against `now`.
 * @param now epoch milliseconds
 * @returns the sample with nothing added and nothing lost, or every reason why it is not one
 */
export function parseSample(input: unknown, now: number): ParsedSample {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, errors: [{ pointer: '', detail: 'must be an object' }] };
  const raw = input as Record<string, unknown>;
  const errors: FieldError[] = [];
  const reject: Reject = (field, detail) => void errors.push({ pointer: `/${field}`, detail });

  for (const field of Object.keys(raw))
    if (!sampleFields.has(field)) reject(escapePointer(field), 'is not a field of a sample');
  if (typeof raw['id'] !== 'string' || !uuid.test(raw['id'])) reject('id', 'must be a UUID');
  if (!isName(raw['source'])) reject('source', `must be 1 to ${maxNameLength} characters`);
  if (raw['device'] !== undefined && !isName(raw['device']))
    reject('device', `must be 1 to ${maxNameLength} characters`);
  checkTimes(raw, now, reject);

  const type = raw['type'];
  if (typeof type !== 'string' || !isSampleType(type)) reject('type', 'is not a known sample type');
  else checkValue(type, raw, reject);

  return errors.length > 0 ? { ok: false, errors } : { ok: true, sample: toSample(raw) };
}

/** Field by field, not by two spreads: the checks above have seen every field there is. */
function toSample(raw: Record<string, unknown>): Sample {
  const { id, type, start, end, value, unit, source, device } = raw as unknown as Sample;
  const sample = { id: id.toLowerCase(), type, start, end, value, unit, source };
  return device === undefined ? sample : { ...sample, device };
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= maxNameLength;
}

type Reject = (field: string, detail: string) => void;

function checkTimes(raw: Record<string, unknown>, now: number, reject: Reject): void {
  const start = parseInstant(raw['start']);
  const end = parseInstant(raw['end']);
  if (start === undefined) reject('start', 'must be an RFC 3339 time with an offset');
  else if (start < now - tenYears) reject('start', 'is more than 10 years ago');
  if (end === undefined) reject('end', 'must be an RFC 3339 time with an offset');
  else if (end > now + clockSkew) reject('end', 'is in the future');
  if (start === undefined || end === undefined) return;
  if (end < start) reject('end', 'is before start');
  if (end - start > longestInterval) reject('end', 'is more than 7 days after start');
}

function checkValue(type: SampleType, raw: Record<string, unknown>, reject: Reject): void {
  const definition: QuantityType | BloodPressureType | { kind: 'sleep-stage'; unit: '1' } =
    sampleTypes[type];
  if (raw['unit'] !== definition.unit) reject('unit', `must be ${definition.unit} for ${type}`);
  const value = raw['value'];
  switch (definition.kind) {
    case 'quantity':
      if (!inRange(value, definition))
        reject('value', `must be a number from ${definition.min} to ${definition.max}`);
      return;
    case 'blood-pressure':
      for (const part of ['systolic', 'diastolic'] as const) {
        const range = definition[part];
        if (!inRange((value as BloodPressure | null)?.[part], range))
          reject(`value/${part}`, `must be a number from ${range.min} to ${range.max}`);
      }
      if (Object.keys((value ?? {}) as object).length > 2)
        reject('value', 'must have systolic and diastolic only');
      return;
    case 'sleep-stage':
      if (!sleepStages.includes(value as SleepStage))
        reject('value', `must be one of ${sleepStages.join(', ')}`);
  }
}

function inRange(value: unknown, range: { min: number; max: number }): boolean {
  return typeof value === 'number' && value >= range.min && value <= range.max;
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}
