import { sha256Schema } from '@clarity/schema';
import Type, { type Static } from 'typebox';
import { countScalingSchema, objectRefSchema } from './analysis';
import { scalingSchema } from './model';

/** The documents that cross between API and worker: the queue message, the input and the result. */

const strict = { additionalProperties: false };

/**
 * On the topic `health-events`, attribute `type` = `analysis.requested`. Open, because API and worker are not
 * replaced at the same moment: a field may be added to it, and what is not optional for readers is a new `schema`.
 */
export const analysisRequestedSchema = Type.Object({
  schema: Type.Literal(1),
  type: Type.Literal('analysis.requested'),
  analysisId: Type.String({ pattern: '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' }),
  userId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,128}$' }),
  input: objectRefSchema,
  model: Type.String({ minLength: 1, maxLength: 64 }),
  requestedAt: Type.String(),
  /** W3C traceparent, so that one trace spans API, queue and worker. */
  trace: Type.Optional(Type.String()),
  /** How often it came back from the dead letters. */
  redrives: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type AnalysisRequested = Static<typeof analysisRequestedSchema>;

const minuteOfWeek = Type.Integer({ minimum: 0, maximum: 10_080 });
/** Half open: [start, end) in minutes from minute 0. */
const minuteInterval = Type.Object({ start: minuteOfWeek, end: minuteOfWeek }, strict);

export const analysisInputSchema = Type.Object(
  {
    schema: Type.Literal(1),
    analysisId: Type.String(),
    from: Type.String(),
    timeZone: Type.String(),
    /** 10,080 little-endian f32 in base64; NaN marks a missing minute. */
    counts: Type.String({ contentEncoding: 'base64' }),
    inBed: Type.Array(minuteInterval, { maxItems: 100 }),
    countScaling: Type.Optional(countScalingSchema),
  },
  strict,
);
export type AnalysisInput = Static<typeof analysisInputSchema>;

const number = Type.Number();
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const nightSchema = Type.Object({
  start: minuteOfWeek,
  end: minuteOfWeek,
  /** `in_bed`: the person's or device's own interval; `detected`: found in the counts. */
  source: Type.Union([Type.Literal('in_bed'), Type.Literal('detected')]),
  timeInBed: number,
  tst: number,
  sol: number,
  waso: number,
  finalWake: number,
  efficiency: number,
  awakenings: number,
});

/** Formulas and sources are in libs/actigraphy. null = cannot be computed from these minutes. */
const metricsSchema = Type.Object({
  interdailyStability: nullable(number),
  intradailyVariability: nullable(number),
  l5: nullable(Type.Object({ mean: number, onsetMinute: number })),
  m10: nullable(Type.Object({ mean: number, onsetMinute: number })),
  relativeAmplitude: nullable(number),
  cosinor: nullable(
    Type.Object({
      mesor: number,
      amplitude: number,
      acrophaseRad: number,
      acrophaseMinute: number,
      r2: number,
    }),
  ),
  /** null without `countScaling`: the unit of the counts is never guessed. */
  sleep: nullable(
    Type.Object({
      coleKripkeMinutes: number,
      coleKripkeWebsterMinutes: number,
      sadehMinutes: number,
      sleepRegularityIndex: nullable(number),
      nights: Type.Array(nightSchema),
    }),
  ),
});
export type AnalysisMetrics = Static<typeof metricsSchema>;

const analysisHintSchema = Type.Object({
  code: Type.Unsafe<'implausible-sleep'>(Type.String({ examples: ['implausible-sleep'] })),
  detail: Type.String(),
});
export type AnalysisHint = Static<typeof analysisHintSchema>;

/** Open, as are its parts: after a rollback an earlier API reads what a newer worker wrote. */
export const analysisResultSchema = Type.Object({
  schema: Type.Literal(1),
  analysisId: Type.String(),
  from: Type.String(),
  timeZone: Type.String(),
  model: Type.Object({
    name: Type.String(),
    size: Type.String(),
    weightsSha256: sha256Schema,
    /** `synthetic` weights carry no clinical meaning; a result says so itself. */
    weights: Type.String(),
    scaling: scalingSchema,
  }),
  quality: Type.Object({
    minutes: Type.Integer(),
    missingMinutes: Type.Integer(),
    missingShare: number,
    /** Measured while the device was not worn: the metrics take these minutes as missing. Not in older results. */
    nonWearMinutes: Type.Optional(Type.Integer()),
    nonWearShare: Type.Optional(number),
  }),
  /** What to check before using the result. Not in older results. */
  hints: Type.Optional(Type.Array(analysisHintSchema)),
  /** Mean over the encoder's tokens. */
  embedding: Type.Array(number, { minItems: 96, maxItems: 96 }),
  metrics: metricsSchema,
});
export type AnalysisResult = Static<typeof analysisResultSchema>;
