import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parseInstant } from '@clarity/domain';
import { principalOf } from '../../auth/bearer-auth';
import { signedCursors, type CursorScope } from '../../cursors/signed-cursor';
import type { Dependencies } from '../../dependencies';
import { schemaValidator } from '../../http/schema-validation';
import { Problem, type ProblemField } from '../../problems/problem';
import {
  batchFrameSchema,
  batchOutcomeSchema,
  batchSchema,
  maxBatchBytes,
  maxSamplesPerBatch,
  samplesPageSchema,
  samplesQuerySchema,
} from './schemas';
import { mergeOutcomes, sortBatch } from './sort-batch';

const tags = ['samples'];
const defaultLimit = 1_000;
const notATime = 'must be an RFC 3339 time with an offset; in an address + is written %2B';

export function samplesRoutes({ cloud, clock, config }: Dependencies): FastifyPluginAsyncTypebox {
  const cursors = signedCursors(config.cursorKey);
  const checkFrame = schemaValidator({
    schema: batchFrameSchema,
    method: 'POST',
    url: '/v1/samples:batch',
    httpPart: 'body',
  });

  return async (app) => {
    app.post(
      '/v1/samples::batch',
      {
        bodyLimit: maxBatchBytes,
        // Checking 10,000 samples against the contract's schema first would do the work twice.
        validatorCompiler: () => checkFrame,
        schema: {
          operationId: 'uploadSamples',
          summary: 'Store samples',
          description: `Up to ${maxSamplesPerBatch} samples and ${maxBatchBytes / 1024 / 1024} MiB. Each gets an outcome of its own; a sample with an id that is stored already is left as it was, so a batch may be sent again.`,
          tags,
          body: batchSchema,
          response: { 200: batchOutcomeSchema },
        },
      },
      async (request) => {
        const { samples } = request.body as { samples: readonly unknown[] };
        if (samples.length > maxSamplesPerBatch)
          throw new Problem(
            'payload-too-large',
            `A batch has at most ${maxSamplesPerBatch} samples; this one has ${samples.length}.`,
          );
        const sorted = sortBatch(samples, clock());
        const stored =
          sorted.valid.length === 0
            ? []
            : await cloud.healthData.addSamples(principalOf(request).userId, sorted.valid);
        return mergeOutcomes(sorted, stored);
      },
    );

    app.get(
      '/v1/samples',
      {
        schema: {
          operationId: 'findSamples',
          summary: 'Samples of one type in a span of time',
          tags,
          querystring: samplesQuerySchema,
          response: { 200: samplesPageSchema },
        },
        config: { problems: ['invalid-cursor'] },
      },
      async (request) => {
        const { type, from, to, limit = defaultLimit, cursor } = request.query;
        const span = parseSpan(from, to);
        const { userId } = principalOf(request);
        const scope: CursorScope = { userId, route: 'samples', query: { type, from, to } };
        const page = await cloud.healthData.findSamples(userId, {
          type,
          ...span,
          limit,
          ...(cursor === undefined ? {} : { after: cursors.open(cursor, scope) }),
        });
        return {
          items: [...page.items],
          ...(page.next === undefined ? {} : { nextCursor: cursors.seal(page.next, scope) }),
        };
      },
    );
  };
}

/** @returns epoch milliseconds, [from, to) */
function parseSpan(fromText: string, toText: string): { from: number; to: number } {
  const from = parseInstant(fromText);
  const to = parseInstant(toText);
  if (from !== undefined && to !== undefined && from < to) return { from, to };
  const errors: ProblemField[] = [];
  const reject = (pointer: string, detail: string) => errors.push({ in: 'query', pointer, detail });
  if (from === undefined) reject('/from', notATime);
  if (to === undefined) reject('/to', notATime);
  if (errors.length === 0) reject('/to', 'must be after from');
  throw new Problem('invalid-input', 'The query does not fit the contract.', { errors });
}
