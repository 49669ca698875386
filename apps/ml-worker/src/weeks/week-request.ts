import { analysisInputSchema, minutesPerWeek, startOfLocalDay } from '@clarity/domain';
import { jsonParser, ValidationError } from '@clarity/schema';
import Type from 'typebox';
import { weekInput, type WeekInput } from './week-input';

const { inBed, countScaling } = analysisInputSchema.properties;

/** A week that comes without an analysis: from a caller of the endpoint, or a line of a manifest. */
const weekRequestSchema = Type.Object(
  {
    schema: Type.Literal(1),
    /** First local day, YYYY-MM-DD; minute 0 is its midnight. */
    from: Type.String({ maxLength: 10 }),
    /** IANA name. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    counts: Type.Union([
      Type.Array(Type.Union([Type.Number({ minimum: 0 }), Type.Null()]), {
        minItems: minutesPerWeek,
        maxItems: minutesPerWeek,
      }),
      Type.String({ contentEncoding: 'base64' }),
    ]),
    inBed: Type.Optional(inBed),
    countScaling,
    /** Refuses to be answered by another model. */
    model: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);

/** A week as numbers of 17 digits, and room to spare. */
export const mostRequestBytes = 1024 * 1024;

const parseRequest = jsonParser('week', weekRequestSchema);

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
  const { from, timeZone, model, ...written } = parseRequest(text);
  if (startOfLocalDay(from, timeZone) === undefined)
    throw new ValidationError('There is no such day in that time zone.', [
      { pointer: '/from', detail: 'has to be a date, YYYY-MM-DD, in the IANA zone `timeZone`' },
    ]);
  if (model !== undefined && model !== served)
    throw new ValidationError(`${served} is served, not the model asked for.`, [
      { pointer: '/model', detail: `has to be ${served} or left out` },
    ]);
  return { from, timeZone, week: weekInput({ ...written, inBed: written.inBed ?? [] }) };
}
