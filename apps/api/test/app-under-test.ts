import { dirname, join } from 'node:path';
import { inMemoryCloud, type InMemoryCloud } from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../src/app';
import type { ApiConfig } from '../src/dependencies';
import { modelManifest } from './fixtures/model-manifest';

const swaggerUiAssets = join(
  dirname(require.resolve('@fastify/swagger-ui/package.json')),
  'static',
);

export interface AppUnderTest {
  readonly app: FastifyInstance;
  readonly cloud: InMemoryCloud;
  /** Every line that was logged. */
  readonly logs: string[];
  readonly clock: { now: number };
  /** Registers, confirms and logs in over HTTP. */
  signUp(email?: string): Promise<User>;
}

export interface User {
  readonly userId: string;
  readonly accessToken: string;
  request(options: InjectOptions): Promise<LightMyRequestResponse>;
}

export const password = 'correct horse battery staple';

/** A Wednesday, nine days after the week of the tests began. */
export const wednesday = Date.parse('2025-03-12T08:00:00Z');

export async function appUnderTest(config: Partial<ApiConfig> = {}): Promise<AppUnderTest> {
  const clock = { now: wednesday };
  const cloud = inMemoryCloud({ now: () => clock.now });
  await cloud.objects.put(
    'models/pat-s/manifest.json',
    Buffer.from(JSON.stringify(modelManifest)),
    {
      contentType: 'application/json',
    },
  );
  const logs: string[] = [];
  const app = await buildApp({
    cloud,
    clock: () => clock.now,
    logger: createLogger('api', 'debug', { write: (line: string) => void logs.push(line) }),
    config: {
      release: 'test',
      modelPrefix: 'models/pat-s',
      cursorKeys: { current: 'a key of tests that is long enough to be one' },
      docsAssets: swaggerUiAssets,
      requestDeadlineMs: 15_000,
      bodyBudgetBytes: 1024 * 1024 * 1024,
      limits: { perUserPerMinute: 100_000, perAddressPerMinute: 100_000, maxEventLoopDelayMs: 0 },
      ...config,
    },
  });
  await app.ready();

  async function signUp(email = 'ada@example.org'): Promise<User> {
    const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
    await post('/v1/auth/register', { email, password });
    const code = cloud.auth.confirmationCode(email);
    await post('/v1/auth/confirm', { email, code });
    const tokens = (await post('/v1/auth/login', { email, password })).json();
    return {
      userId: (await cloud.auth.verify(tokens.accessToken)).userId,
      accessToken: tokens.accessToken,
      request: (options) =>
        app.inject({
          ...options,
          headers: { authorization: `Bearer ${tokens.accessToken}`, ...options.headers },
        }),
    };
  }
  return { app, cloud, logs, clock, signUp };
}
