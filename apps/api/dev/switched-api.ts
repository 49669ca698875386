import { createAwsCloud } from '@clarity/aws';
import { configOrExit } from '@clarity/schema';
import { createLogger, readTelemetryConfig, startTelemetry } from '@clarity/telemetry';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildApp } from '../src/app';
import { parseConfig } from '../src/config';

/** Sent to the process: the variables of the telemetry that it has from now on. */
interface Switch {
  readonly telemetry: Readonly<Record<string, string>>;
}

/** Its answer: CPU time in milliseconds, user and system, since the process started. */
interface Switched {
  /** Including what the telemetry until then had still to send, and the young garbage that it left. */
  readonly before: number;
  readonly after: number;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * The API as it is built, but for its telemetry, which each message of the parent replaces. One process that is measured
 * with and without is more exact than two: processes of the same program differ by some percent. Run it with
 * `--expose-gc`.
 */
async function serve(): Promise<void> {
  const config = configOrExit(() => parseConfig(process.env));
  const logger = createLogger('api', config.logLevel);
  const { resolve } = createRequire(__filename);
  const app = await buildApp({
    cloud: createAwsCloud(config.aws),
    config: {
      ...config.api,
      docsAssets: join(dirname(resolve('@fastify/swagger-ui/package.json')), 'static'),
    },
    logger,
    clock: Date.now,
  });
  let telemetry = startTelemetry(readTelemetryConfig({}), logger);
  const change = async (variables: Switch['telemetry']): Promise<Switched> => {
    await telemetry.stop();
    globalThis.gc?.({ type: 'minor' });
    const before = cpuMs();
    telemetry = startTelemetry(readTelemetryConfig(variables), logger);
    return { before, after: cpuMs() };
  };
  process.on('message', (message: Switch | 'cpu') => {
    if (message === 'cpu') return;
    void change(message.telemetry).then((switched) => process.send?.(switched));
  });
  await app.listen({ host: config.host, port: config.port });
}

serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
