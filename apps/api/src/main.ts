import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createAwsCloud } from '@clarity/aws';
import { createLogger, readTelemetryConfig, startTelemetry } from '@clarity/telemetry';
import { configOrExit } from '@clarity/schema';
import { buildApp } from './app';
import { parseConfig } from './config';
import { tendDeadLetters } from './dead-letters/tend-dead-letters';
import { drain } from './http/draining';

/** ECS kills 30 s after SIGTERM (stopTimeout); better to say so than to be cut off. */
const stopDeadlineMs = 25_000;

async function serve(): Promise<void> {
  const config = configOrExit(() => parseConfig(process.env));
  const logger = createLogger('api', config.logLevel);
  const telemetry = startTelemetry(
    configOrExit(() => readTelemetryConfig(process.env)),
    logger,
  );
  const cloud = createAwsCloud(config.aws);
  const app = await buildApp({
    cloud,
    config: { ...config.api, docsAssets: join(__dirname, 'swagger-ui') },
    logger,
    clock: Date.now,
  });

  const stopTending = new AbortController();
  const tending =
    config.aws.deadLettersUrl === undefined
      ? Promise.resolve()
      : tendDeadLetters({ cloud, clock: Date.now, log: logger }, stopTending.signal);

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('requests in flight did not end in time');
      process.exit(1);
    }, stopDeadlineMs).unref();
    stopTending.abort();
    Promise.all([drain(app, wait(config.drainMs)), tending]).then(
      async () => {
        cloud.close();
        await telemetry.stop();
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await app.listen({ host: config.host, port: config.port, listenTextResolver: () => 'listening' });
  logger.info(
    { environment: config.environment, release: config.api.release, port: config.port },
    'ready',
  );
}

serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
