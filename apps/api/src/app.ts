import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
} from 'fastify';
import fp from 'fastify-plugin';
import { limitAccountAttempts } from './auth/account-limit';
import { requireBearer } from './auth/bearer-auth';
import { principal } from './auth/principal';
import type { Dependencies } from './dependencies';
import { admitByMemory } from './http/admission';
import { bodyBudget } from './http/body-budget';
import { limitDuration } from './http/deadline';
import { closeConnectionsWhileDraining } from './http/draining';
import { meetExpectations } from './http/expectations';
import { acceptJsonOnly } from './http/json-body';
import { limitLoad } from './load-limits';
import { answerRequestId, requestIdOf } from './http/request-id';
import { requireHost } from './http/require-host';
import { logRequests } from './http/request-log';
import { measureRequests } from './http/request-metrics';
import { traceRequests } from './http/request-trace';
import { validateBySchema } from './http/schema-validation';
import { setSecurityHeaders } from './headers/security-headers';
import { discardUnreadBodies } from './http/unread-body';
import { makePostsIdempotent } from './idempotency/idempotent-posts';
import { describeContract, documentBearer } from './openapi/describe-contract';
import { serveDocsPage } from './openapi/docs-page';
import { answerBadAddress, answerProblems } from './problems/answer-problems';
import { watchMethods } from './problems/method-not-allowed';
import { answerUnparsableRequest } from './problems/unparsable-request';
import { analysesRoutes } from './routes/analyses';
import { authRoutes } from './routes/auth';
import { healthRoutes } from './routes/health';
import { modelsRoutes } from './routes/models';
import { modelCatalogue } from './routes/models/model-catalogue';
import { samplesRoutes } from './routes/samples';
import { logSecurityEvents } from './security-log/log-security-events';
import { pseudonyms } from './security-log/pseudonyms';

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
    // The last entry of X-Forwarded-For is the balancer's; anyone can write the ones before it.
    trustProxy: (_address, hop) => hop === 0,
    bodyLimit,
    // Longer than the balancer's 60 s, so that it never sends into a connection we just closed.
    keepAliveTimeout: 65_000,
    // A second limit behind the required pace of bodies: 8 MiB at the slowest pace allowed.
    requestTimeout: 600_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
    // While the port closes, what still arrives on open connections is answered, not refused.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      const answer = (problem: unknown) => answerBadAddress(problem, request, reply);
      app.loadLimits.byAddress(request, reply).then(() => answer(error), answer);
    },
    clientErrorHandler: answerUnparsableRequest(logger),
  });
  validateBySchema(app);
  const names = pseudonyms(config.cursorKeys.current);
  await app.register(traceRequests);
  await app.register(principal);
  await app.register(answerProblems);
  await app.register(answerRequestId);
  await app.register(setSecurityHeaders);
  await app.register(logRequests);
  await app.register(measureRequests);
  await app.register(logSecurityEvents, { names, logger });
  await app.register(limitDuration, { milliseconds: config.requestDeadlineMs });
  await app.register(acceptJsonOnly);
  await app.register(closeConnectionsWhileDraining);
  await app.register(discardUnreadBodies);
  await app.register(limitLoad, { limits: config.limits, names });
  await app.register(requireHost);
  await app.register(admitByMemory, { budget: bodyBudget(config.bodyBudgetBytes) });
  await app.register(meetExpectations);
  await describeContract(app);
  const refuseOtherMethods = watchMethods(app);

  await app.register(scope('health', healthRoutes(dependencies)));
  const accounts = limitAccountAttempts(app, names);
  await app.register(scope('auth', authRoutes(cloud.auth, accounts)));
  const withBearer: FastifyPluginAsync = async (authenticated) => {
    await authenticated.register(requireBearer, { auth: cloud.auth });
    documentBearer(authenticated);
    await authenticated.register(makePostsIdempotent, { ledger: cloud.idempotency, clock });
    const models = modelCatalogue(cloud.objects, config.modelPrefix, clock);
    await authenticated.register(scope('samples', samplesRoutes(dependencies)));
    await authenticated.register(scope('analyses', analysesRoutes(dependencies, models)));
    await authenticated.register(scope('models', modelsRoutes(models)));
  };
  await app.register(scope('with bearer', withBearer));
  refuseOtherMethods();
  await serveDocsPage(app, config.docsAssets);
  return app;
}

/** A plugin whose hooks are its own. Without a name, Fastify would search all loaded modules for one. */
function scope(name: string, plugin: FastifyPluginAsync): FastifyPluginAsync {
  return fp(plugin, { name, encapsulate: true });
}
