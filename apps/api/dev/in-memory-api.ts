import { inMemoryCloud } from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildApp } from '../src/app';
import { parseConfig } from '../src/config';

/** Samples of a user. */
const forgetAfter = 5_000;
const users = 10;

/**
 * The API on a cloud in memory, for measurements that are to leave AWS out. Once it listens it prints
 * access tokens as a line of JSON: `{ writers, reader }`.
 */
async function serve(): Promise<void> {
  const config = parseConfig(process.env);
  const cloud = inMemoryCloud({ forgetAfter });
  const { resolve } = createRequire(__filename);
  const app = await buildApp({
    cloud,
    logger: createLogger('api', config.logLevel),
    clock: Date.now,
    config: {
      ...config.api,
      docsAssets: join(dirname(resolve('@fastify/swagger-ui/package.json')), 'static'),
    },
  });
  const token = () => cloud.auth.issueToken({ sub: randomUUID() });
  await app.listen({ host: config.host, port: config.port });
  const writers = Array.from({ length: users }, token);
  process.stdout.write(`${JSON.stringify({ writers, reader: token() })}\n`);
}

serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
