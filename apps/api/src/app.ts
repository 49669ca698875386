import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { requireBearer } from './auth/bearer-auth';
import type { Dependencies } from './dependencies';
import { closeConnectionsWhileDraining } from './http/draining';
import { acceptJsonOnly } from './http/json-body';
import { limitLoad } from './http/load-limits';
import { answerRequestId, requestIdOf } from './http/request-id';
import { logRequests } from './http/request-log';
import { validateBySchema } from './http/schema-validation';
import { setSecurityHeaders } from './http/security-headers';
import { makePostsIdempotent } from './idempotency/idempotent-posts';
import { describeContract, documentBearer } from './openapi/describe-contract';
import { serveDocsPage } from './openapi/docs-page';
import { answerProblems, answerWithProblem } from './problems/answer-problems';
import { watchMethods } from './problems/method-not-allowed';
import { answerUnparsableRequest } from './problems/unparsable-request';
import { analysesRoutes } from './routes/analyses';
import { authRoutes } from './routes/auth';
import { healthRoutes } from './routes/health';
import { modelsRoutes } from './routes/models';
import { modelCatalogue } from './routes/models/model-catalogue';
import { samplesRoutes } from './routes/samples';

/** Routes raise it for themselves. */
const bodyLimit = 64 * 1024;

/**
 * The API, wired but not listening. It touches the outside only through `dependencies`.
 * A new resource is a folder under routes/ and one line here, inside or outside the bearer scope.
 */
export async function buildApp(dependencies: Dependencies): Promise<FastifyInstance> {
  const { cloud, config, logger, clock } = dependencies;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: requestIdOf,
    // The last entry of X-Forwarded-For is the balancer's; what stands before it anyone can write.
    trustProxy: (_address, hop) => hop === 0,
    bodyLimit,
    // Longer than the balancer's 60 s, so that it never sends into a connection we just closed.
    keepAliveTimeout: 65_000,
    requestTimeout: 30_000,
    // While the port closes, what still arrives on open connections is answered, not refused.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      return answerWithProblem(error, request, reply);
    },
    clientErrorHandler: answerUnparsableRequest,
  });
  app.decorateRequest('principal', null);
  validateBySchema(app);
  acceptJsonOnly(app);
  answerProblems(app);
  answerRequestId(app);
  logRequests(app);
  closeConnectionsWhileDraining(app);
  await setSecurityHeaders(app);
  await limitLoad(app, config.limits);
  await describeContract(app);
  const refuseOtherMethods = watchMethods(app);

  await app.register(healthRoutes(dependencies));
  await app.register(authRoutes(dependencies));
  await app.register(async (authenticated) => {
    requireBearer(authenticated, cloud.auth);
    documentBearer(authenticated);
    makePostsIdempotent(authenticated, cloud.idempotency, clock);
    const models = modelCatalogue(cloud.objects, config.modelPrefix, clock);
    await authenticated.register(samplesRoutes(dependencies));
    await authenticated.register(analysesRoutes(dependencies, models));
    await authenticated.register(modelsRoutes(models));
  });
  refuseOtherMethods();
  await serveDocsPage(app, config.docsAssets);
  return app;
}
