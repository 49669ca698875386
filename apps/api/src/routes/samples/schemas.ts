import { sampleTypeNames } from '@clarity/domain';
import Type from 'typebox';
import { exampleMinute as minute, sampleSchema } from './sample-schema';

const strict = { additionalProperties: false };

export const maxSamplesPerBatch = 10_000;
export const maxBatchBytes = 8 * 1024 * 1024;
/** A sample has at most 8 members and a value of 2, and is itself one of the batch. */
export const maxMembersOfBatch = 12 * maxSamplesPerBatch;

/** For the contract. The route itself checks the frame here and each sample by the domain's parser. */
export const batchSchema = Type.Object(
  { samples: Type.Array(sampleSchema, { maxItems: maxSamplesPerBatch }) },
  { ...strict, examples: [{ samples: [minute] }] },
);
export const batchFrameSchema = Type.Object({ samples: Type.Array(Type.Unknown()) }, strict);

const count = Type.Integer({ minimum: 0 });

export const batchOutcomeSchema = Type.Object(
  {
    created: count,
    duplicates: count,
    rejected: count,
    outcomes: Type.Array(
      Type.Object({
        outcome: Type.Unsafe<'created' | 'duplicate' | 'rejected'>({
          type: 'string',
          enum: ['created', 'duplicate', 'rejected'],
        }),
        errors: Type.Optional(
          Type.Array(
            Type.Object({
              pointer: Type.String({ description: 'RFC 6901 JSON pointer into the sample.' }),
              detail: Type.String(),
            }),
            {
              description:
                'At most 10 per sample and 1,000 per answer; a sample rejected beyond that has none.',
            },
          ),
        ),
      }),
      { description: 'One for each sample, in the order in which they were sent.' },
    ),
  },
  {
    title: 'BatchOutcome',
    description: 'The outcome for each sample. Valid ones are stored even if others are not.',
    examples: [
      {
        created: 1,
        duplicates: 1,
        rejected: 1,
        outcomes: [
          { outcome: 'created' },
          { outcome: 'duplicate' },
          {
            outcome: 'rejected',
            errors: [{ pointer: '/value', detail: 'must be a number from 30 to 300' }],
          },
        ],
      },
    ],
  },
);

export const samplesQuerySchema = Type.Object(
  {
    type: Type.Unsafe<(typeof sampleTypeNames)[number]>({
      type: 'string',
      enum: sampleTypeNames,
      examples: ['heart_rate'],
    }),
    from: Type.String({
      format: 'date-time',
      description: 'RFC 3339 with offset. Samples that start at or after it.',
      examples: ['2025-03-03T00:00:00+01:00'],
    }),
    to: Type.String({
      format: 'date-time',
      description: 'RFC 3339 with offset. Samples that start before it.',
      examples: ['2025-03-10T00:00:00+01:00'],
    }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000, default: 1_000 })),
    cursor: Type.Optional(
      Type.String({ maxLength: 2_048, description: '`nextCursor` of the page before.' }),
    ),
  },
  strict,
);

export const samplesPageSchema = Type.Object(
  {
    items: Type.Array(sampleSchema),
    nextCursor: Type.Optional(Type.String({ description: 'Absent on the last page.' })),
  },
  { title: 'SamplePage', description: 'By start, then id.', examples: [{ items: [minute] }] },
);
