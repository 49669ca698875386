import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../auth/principal';
import { signedCursors, type CursorScope } from '../../cursors/signed-cursor';
import type { Dependencies } from '../../dependencies';
import { callOptionsOf } from '../../http/deadline';
import { entityTag, isKept } from '../../http/entity-tag';
import type { ModelCatalogue } from '../models/model-catalogue';
import { drawWeek } from './draw-week';
import { ownAnalysis, readVerified, resultOf, retryAfter } from './find-analysis';
import { requestAnalysis } from './request-analysis';
import { weekBytes } from './week';
import { parseResult } from './stored-documents';
import {
  acceptedAnalysisSchema,
  analysesPageSchema,
  analysesQuerySchema,
  analysisParamsSchema,
  analysisRequestSchema,
  analysisSchema,
  analysisView,
  pictureSchema,
  resultSchema,
  unchangedSchema,
} from './schemas';

const tags = ['analyses'];
const defaultLimit = 20;
/** A picture draws and styles itself and reaches nothing. */
const pictureCsp = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export function analysesRoutes(
  { cloud, clock, config }: Dependencies,
  models: ModelCatalogue,
): FastifyPluginAsyncTypebox {
  const { healthData, objects } = cloud;
  const cursors = signedCursors(config.cursorKeys);

  const analysisOf = (request: FastifyRequest) =>
    ownAnalysis(
      healthData,
      principalOf(request).userId,
      (request.params as { readonly id: string }).id,
      callOptionsOf(request),
    );

  return async (app) => {
    app.post(
      '/v1/analyses',
      {
        bodyLimit: 16 * 1024,
        schema: {
          operationId: 'requestAnalysis',
          summary: 'Analyse a week',
          description:
            'Takes the `activity_count` samples of the 10,080 minutes from local midnight of `from`, and the `in_bed` intervals among the `sleep_analysis` samples. Where several devices counted, the one that covers the most time is taken. Counts of different devices differ by orders of magnitude and their unit is never guessed: without `countScaling` the sleep metrics of the result are null. A week without any count, with more than 200,000 samples, or one that is not over, is refused and nothing is stored.',
          tags,
          body: analysisRequestSchema,
          response: { 202: acceptedAnalysisSchema },
        },
        config: { problems: ['no-data', 'week-not-over'], workBytes: () => weekBytes },
      },
      async (request, reply) => {
        const { from, timeZone, countScaling } = request.body;
        const analysis = await requestAnalysis(
          {
            userId: principalOf(request).userId,
            from,
            timeZone,
            ...(countScaling === undefined ? {} : { countScaling }),
          },
          { cloud, models, clock, log: request.log, options: callOptionsOf(request) },
        );
        return reply
          .code(202)
          .header('location', `/v1/analyses/${analysis.id}`)
          .header('retry-after', retryAfter)
          .send(analysisView(analysis));
      },
    );

    app.get(
      '/v1/analyses',
      {
        schema: {
          operationId: 'listAnalyses',
          summary: 'Your analyses',
          tags,
          querystring: analysesQuerySchema,
          response: { 200: analysesPageSchema },
        },
        config: { problems: ['invalid-cursor'] },
      },
      async (request) => {
        const { limit = defaultLimit, cursor } = request.query;
        const { userId } = principalOf(request);
        const scope: CursorScope = { userId, route: 'analyses', query: {} };
        const after = cursor === undefined ? {} : { after: cursors.open(cursor, scope) };
        const page = await healthData.listAnalyses(
          userId,
          { limit, ...after },
          callOptionsOf(request),
        );
        return {
          items: page.items.map(analysisView),
          ...(page.next === undefined ? {} : { nextCursor: cursors.seal(page.next, scope) }),
        };
      },
    );

    app.get(
      '/v1/analyses/:id',
      {
        schema: {
          operationId: 'getAnalysis',
          summary: 'How far an analysis is',
          tags,
          params: analysisParamsSchema,
          response: { 200: analysisSchema },
        },
        config: { problems: ['not-found'] },
      },
      async (request, reply) => {
        const analysis = await analysisOf(request);
        if (analysis.status === 'queued') reply.header('retry-after', retryAfter);
        return analysisView(analysis);
      },
    );

    app.get(
      '/v1/analyses/:id/result',
      {
        schema: {
          operationId: 'getAnalysisResult',
          summary: 'What the analysis found',
          tags,
          params: analysisParamsSchema,
          response: { 200: resultSchema, 304: unchangedSchema },
        },
        config: { problems: ['not-found', 'not-ready', 'analysis-failed'] },
      },
      async (request, reply) => {
        const result = resultOf(await analysisOf(request));
        if (isKept(request, reply, entityTag(result.sha256))) return reply.code(304).send(null);
        const bytes = await readVerified(objects, result, callOptionsOf(request));
        parseResult(bytes.toString('utf8'));
        // Bytes, not a value: what the worker wrote is what the client gets.
        return reply.type('application/json; charset=utf-8').send(bytes as never);
      },
    );

    app.get(
      '/v1/analyses/:id/actogram.svg',
      {
        schema: {
          operationId: 'getActogram',
          summary: 'The week as a picture, with its sleep windows',
          tags,
          params: analysisParamsSchema,
          produces: ['image/svg+xml'],
          response: { 200: pictureSchema, 304: unchangedSchema },
        },
        config: { problems: ['not-found', 'not-ready', 'analysis-failed'] },
      },
      async (request, reply) => {
        const analysis = await analysisOf(request);
        const result = resultOf(analysis);
        const tag = entityTag(analysis.input.sha256, result.sha256, config.release);
        if (isKept(request, reply, tag)) return reply.code(304).send(null);
        const [input, found] = await Promise.all([
          readVerified(objects, analysis.input, callOptionsOf(request)),
          readVerified(objects, result, callOptionsOf(request)),
        ]);
        return reply
          .type('image/svg+xml; charset=utf-8')
          .header('content-security-policy', pictureCsp)
          .send(drawWeek(input, found));
      },
    );
  };
}
