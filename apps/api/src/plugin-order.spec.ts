import { createLogger } from '@clarity/telemetry';
import { inMemoryCloud } from '@clarity/domain/testing';
import Fastify from 'fastify';
import { requireBearer } from './auth/bearer-auth';
import { principal } from './auth/principal';
import { acceptJsonOnly } from './http/json-body';
import { limitDuration } from './http/deadline';
import { makePostsIdempotent } from './idempotency/idempotent-posts';
import { limitLoad } from './load-limits';
import { logSecurityEvents } from './security-log/log-security-events';
import { pseudonyms } from './security-log/pseudonyms';

const { auth, idempotency } = inMemoryCloud();
const names = pseudonyms('a key of tests that is long enough to be one');
const logger = createLogger('api', 'silent');
const limits = { perUserPerMinute: 1, perAddressPerMinute: 1, maxEventLoopDelayMs: 0 };

test('parts are refused without the parts that they need, by name', async () => {
  const app = Fastify();
  await app.register(principal);
  await expect(app.register(limitLoad, { limits, names })).rejects.toThrow(
    "The dependency 'security log' of plugin 'load limits' is not registered",
  );
});

test('a bearer token needs load limits', async () => {
  const app = Fastify();
  await app.register(principal);
  await app.register(limitDuration, { milliseconds: 1_000 });
  await expect(app.register(requireBearer, { auth })).rejects.toThrow(
    "The dependency 'load limits' of plugin 'bearer' is not registered",
  );
});

test('idempotency needs the hash of the body', async () => {
  const app = Fastify();
  await app.register(principal);
  await app.register(logSecurityEvents, { names, logger });
  await app.register(limitDuration, { milliseconds: 1_000 });
  await app.register(limitLoad, { limits, names });
  await app.register(requireBearer, { auth });
  const options = { ledger: idempotency, clock: Date.now };
  await expect(app.register(makePostsIdempotent, options)).rejects.toThrow(
    "The dependency 'json body' of plugin 'idempotency' is not registered",
  );
});

test('JSON bodies need a deadline', async () => {
  await expect(Fastify().register(acceptJsonOnly)).rejects.toThrow(
    "The dependency 'deadline' of plugin 'json body' is not registered",
  );
});
