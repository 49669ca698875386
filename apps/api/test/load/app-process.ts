/**
 * The app on a cloud in memory, as a process of its own, so that its heap can be limited and its
 * death seen. Samples are held as long as a store would take and then forgotten. Sends its port and
 * an access token per user to the parent, and ends with it.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { inMemoryCloud } from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import { buildApp } from '../../src/app';
import { bodyCapacityOf } from '../../src/http/body-budget';
import { modelManifest } from '../fixtures/model-manifest';

const storeMs = 200;
const users = 25;
const password = 'correct horse battery staple';

export interface Ready {
  readonly port: number;
  readonly tokens: readonly string[];
}

async function serve(): Promise<void> {
  const cloud = inMemoryCloud();
  const manifest = Buffer.from(JSON.stringify(modelManifest));
  await cloud.objects.put('models/pat-s/manifest.json', manifest, {
    contentType: 'application/json',
  });
  cloud.healthData.addSamples = async (_userId, samples) => {
    await wait(storeMs);
    return samples.map(() => 'created' as const);
  };
  const app = await buildApp({
    cloud,
    clock: Date.now,
    logger: createLogger('api', 'info', process.stdout),
    config: {
      release: 'load',
      modelPrefix: 'models/pat-s',
      cursorKeys: { current: 'a key of tests that is long enough to be one' },
      docsAssets: process.argv[2] ?? '.',
      requestDeadlineMs: 15_000,
      bodyBudgetBytes: bodyCapacityOf(),
      limits: { perUserPerMinute: 1e6, perAddressPerMinute: 1e6, maxEventLoopDelayMs: 1_000 },
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const tokens: string[] = [];
  for (let user = 0; user < users; user++) {
    const email = `user-${user}@example.org`;
    await cloud.auth.register({ email, password });
    await cloud.auth.confirm({ email, code: cloud.auth.confirmationCode(email) ?? '' });
    tokens.push((await cloud.auth.login({ email, password })).accessToken);
  }
  const { port } = app.server.address() as { port: number };
  process.send?.({ port, tokens } satisfies Ready);
  process.on('disconnect', () => process.exit(0));
}

void serve();
