import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { parseInstant } from '@clarity/domain';
import { principalOf } from '../../auth/principal';
import { signedCursors, type CursorScope } from '../../cursors/signed-cursor';
import type { Dependencies } from '../../dependencies';
import { callOptionsOf } from '../../http/deadline';
import { notATime, schemaValidator } from '../../http/schema-validation';
import { Problem, type ProblemField } from '../../problems/problem';
import {
  batchFrameSchema,
  batchOutcomeSchema,
  batchSchema,
  maxBatchBytes,
  maxMembersOfBatch,
  maxSamplesPerBatch,
  samplesPageSchema,
  samplesQuerySchema,
} from './schemas';
import { mergeOutcomes, sortBatch, type SortedBatch } from './sort-batch';

const tags = ['samples'];
const defaultLimit = 1_000;
/** Of a page, as JSON, with a usual name. */
const bytesPerSample = 256;

export function samplesRoutes({ cloud, clock, config }: Dependencies): FastifyPluginAsyncTypebox {
  const cursors = signedCursors(config.cursorKeys);
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
        config: { maxMembers: maxMembersOfBatch },
        // Checking 10,000 samples against the contract's schema first would do the work twice.
        validatorCompiler: () => checkFrame,
        schema: {
          operationId: 'uploadSamples',
          summary: 'Store samples',
          description: `Up to ${maxSamplesPerBatch} samples and ${maxBatchBytes / 1024 / 1024} MiB. Each gets an outcome of its own; a sample that is stored already (the same id, type and start) is left as it was, so a batch may be sent again. The body may be packed with gzip.`,
          tags,
          body: batchSchema,
          response: { 200: batchOutcomeSchema },
        },
      },
      async (request) => {
        const sorted = takeBatch(request, clock());
        if (sorted.valid.length === 0) return mergeOutcomes(sorted, []);
        const { userId } = principalOf(request);
        const options = callOptionsOf(request);
        return mergeOutcomes(
          sorted,
          await cloud.healthData.addSamples(userId, sorted.valid, options),
        );
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
        // The contract's schema is a union: deciding between 17 types for every sample of a page
        // would take longer than everything else.
        serializerCompiler: () => JSON.stringify,
        config: {
          problems: ['invalid-cursor'],
          workBytes: ({ query }) =>
            bytesPerSample * ((query as { limit?: number }).limit ?? defaultLimit),
        },
      },
      async (request) => {
        const { type, from, to, limit = defaultLimit, cursor } = request.query;
        const span = parseSpan(from, to);
        const { userId } = principalOf(request);
        const scope: CursorScope = { userId, route: 'samples', query: { type, from, to } };
        const after = cursor === undefined ? {} : { after: cursors.open(cursor, scope) };
        const query = { type, ...span, limit, ...after };
        const page = await cloud.healthData.findSamples(userId, query, callOptionsOf(request));
        return {
          items: [...page.items],
          ...(page.next === undefined ? {} : { nextCursor: cursors.seal(page.next, scope) }),
        };
      },
    );
  };
}

/** Takes the body off the request: while the store works, only the valid samples are held. */
function takeBatch(request: FastifyRequest, now: number): SortedBatch {
  const { samples } = request.body as { samples: readonly unknown[] };
  request.body = undefined;
  if (samples.length > maxSamplesPerBatch)
    throw new Problem(
      'payload-too-large',
      `A batch has at most ${maxSamplesPerBatch} samples; this one has ${samples.length}.`,
    );
  return sortBatch(samples, now);
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
