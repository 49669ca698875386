import { analysisResultSchema, analysisStatusSchema, type Analysis } from '@clarity/domain';
import Type, { type Static } from 'typebox';

const strict = { additionalProperties: false };
const id = '01JNWX5T8Q2V7C4M9Z3B6D1FGH';

export const analysisRequestSchema = Type.Object(
  {
    from: Type.String({
      pattern: '^\\d{4}-\\d\\d-\\d\\d$',
      description: 'First local day of the week, YYYY-MM-DD.',
    }),
    timeZone: Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
      maxLength: 64,
      description: 'IANA name; minute 0 of the week is midnight there.',
    }),
    countScaling: Type.Optional(
      Type.Object(
        {
          coleKripkeDivisor: Type.Number({
            exclusiveMinimum: 0,
            maximum: 1_000_000,
            description: "The device's counts per minute are divided by this for Cole-Kripke.",
          }),
          sadehCap: Type.Number({
            exclusiveMinimum: 0,
            maximum: 1_000_000,
            description: "The device's counts per minute are capped at this for Sadeh.",
          }),
        },
        strict,
      ),
    ),
  },
  {
    ...strict,
    examples: [
      {
        from: '2025-03-03',
        timeZone: 'Europe/Berlin',
        countScaling: { coleKripkeDivisor: 100, sadehCap: 300 },
      },
    ],
  },
);

const queued = {
  id,
  from: '2025-03-03',
  timeZone: 'Europe/Berlin',
  status: 'queued',
  model: 'pat-s',
  requestedAt: '2025-03-10T08:00:00.000Z',
  links: { self: `/v1/analyses/${id}` },
};
const completed = {
  ...queued,
  status: 'completed',
  endedAt: '2025-03-10T08:00:03.120Z',
  links: {
    self: `/v1/analyses/${id}`,
    result: `/v1/analyses/${id}/result`,
    actogram: `/v1/analyses/${id}/actogram.svg`,
  },
};

const properties = {
  id: Type.String({ description: 'ULID.' }),
  from: Type.String(),
  timeZone: Type.String(),
  status: analysisStatusSchema,
  model: Type.String(),
  requestedAt: Type.String({ format: 'date-time' }),
  endedAt: Type.Optional(Type.String({ format: 'date-time' })),
  failure: Type.Optional(
    Type.Object(
      { code: Type.String(), detail: Type.String() },
      { description: 'Why there is no result.' },
    ),
  ),
  links: Type.Object({
    self: Type.String(),
    result: Type.Optional(Type.String({ description: 'Once there is one.' })),
    actogram: Type.Optional(Type.String({ description: 'Once there is a result.' })),
  }),
};

export const analysisSchema = Type.Object(properties, {
  title: 'Analysis',
  description: 'One week, asked to be analysed.',
  examples: [completed],
});
export const acceptedAnalysisSchema = Type.Object(properties, {
  title: 'Analysis',
  description: 'Accepted. `Location` names it; look again after `Retry-After` seconds.',
  examples: [queued],
  headers: {
    Location: { type: 'string', description: 'Where the analysis is.' },
    'Retry-After': { type: 'string', description: 'Seconds.' },
  },
});

export const analysesQuerySchema = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(
      Type.String({ maxLength: 2_048, description: '`nextCursor` of the page before.' }),
    ),
  },
  strict,
);

export const analysesPageSchema = Type.Object(
  {
    items: Type.Array(analysisSchema),
    nextCursor: Type.Optional(Type.String({ description: 'Absent on the last page.' })),
  },
  { title: 'AnalysisPage', description: 'Newest first.', examples: [{ items: [completed] }] },
);

export const analysisParamsSchema = Type.Object({
  id: Type.String({ description: 'Id of the analysis.', examples: [id] }),
});

/** For the contract only: the stored bytes are answered as they are. */
export const resultSchema = Type.Unsafe<never>({
  ...analysisResultSchema,
  title: 'AnalysisResult',
  description:
    'Names model, weights, scaling and data quality with every number. Minutes in which the device was not worn (`quality.nonWearShare`) count as missing in `metrics`. `sleep` is null if the analysis was requested without `countScaling`. `hints` names what to check before using the result.',
});

export const pictureSchema = Type.String({
  description:
    'One row per day, each with the day after it; sleep windows, non-wear, L5, M10 and acrophase.',
});
export const unchangedSchema = Type.Null({
  description: 'The client has it: the `ETag` in `If-None-Match` matches.',
});

export function analysisView(analysis: Analysis): Static<typeof analysisSchema> {
  const self = `/v1/analyses/${analysis.id}`;
  const { id, from, timeZone, status, model, requestedAt, endedAt, failure } = analysis;
  return {
    id,
    from,
    timeZone,
    status,
    model,
    requestedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(failure === undefined ? {} : { failure: { ...failure } }),
    links:
      status === 'completed'
        ? { self, result: `${self}/result`, actogram: `${self}/actogram.svg` }
        : { self },
  };
}
