import { analysisInputSchema, minutesPerWeek } from '@clarity/domain';
import { jsonParser, ValidationError } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { weekInput, type WeekInput, type WrittenWeek } from './week-input';

const { inBed, countScaling } = analysisInputSchema.properties;

/** What a caller states about a week besides its counts. */
const aboutWeek = {
  schema: Type.Literal(1),
  /** First local day, YYYY-MM-DD; minute 0 is its midnight. */
  from: Type.String({ maxLength: 10 }),
  /** IANA name. */
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  inBed: Type.Optional(inBed),
  countScaling,
  /** Refuses to be answered by another model. */
  model: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
};
const counts = Type.Union([
  // Without `items`, because TypeBox visits them all to describe an error anywhere; `weekInput` checks them.
  Type.Unsafe<readonly unknown[]>({
    type: 'array',
    minItems: minutesPerWeek,
    maxItems: minutesPerWeek,
  }),
  Type.String({ contentEncoding: 'base64' }),
]);
const strict = { additionalProperties: false };

/** A week that comes without an analysis: from a caller of the endpoint, or a line of a manifest. */
const weekRequestSchema = Type.Object({ ...aboutWeek, counts }, strict);
const aboutWeekSchema = Type.Object(aboutWeek, strict);
type AboutWeek = Static<typeof aboutWeekSchema>;

/** A week as numbers of 17 digits, and room to spare. */
export const mostRequestBytes = 1024 * 1024;

const parseRequest = jsonParser('week', weekRequestSchema);
const parseAboutWeek = jsonParser(
  'description of the week in the custom attributes',
  aboutWeekSchema,
);

export interface WeekRequest {
  readonly from: string;
  readonly timeZone: string;
  readonly week: WeekInput;
}

/**
 * Reads a week to be analysed.
 * @param served name of the model that would answer
 * @throws ValidationError with what is wrong
 */
export function readWeekRequest(text: string, served: string): WeekRequest {
  const { counts: written, ...about } = parseRequest(text);
  return weekRequest(about, written, served);
}

/**
 * As {@link readWeekRequest}, of a week whose counts came as numbers.
 * @param text the rest of the document
 */
export function readCountedWeek(text: string, numbers: Float32Array, served: string): WeekRequest {
  return weekRequest(parseAboutWeek(text), numbers, served);
}

function weekRequest(
  { model, inBed: given = [], ...about }: AboutWeek,
  written: WrittenWeek['counts'],
  served: string,
): WeekRequest {
  if (model !== undefined && model !== served)
    throw new ValidationError(`${served} is served, not the model asked for.`, [
      { pointer: '/model', detail: `has to be ${served} or left out` },
    ]);
  const { from, timeZone } = about;
  return { from, timeZone, week: weekInput({ ...about, inBed: given, counts: written }) };
}
