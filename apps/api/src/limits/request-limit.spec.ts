import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { requestLimit } from './request-limit';

it('remembers who ran into it, however many others come in between', async () => {
  const app = Fastify();
  await app.register(rateLimit, { global: false });
  const limit = requestLimit(app, 'address', {
    max: 1,
    timeWindow: 3_600_000,
    keyGenerator: ({ ip }) => ip,
  });
  const from = (ip: string) =>
    limit(
      { ip, routeOptions: {} } as FastifyRequest,
      { headers: () => undefined } as unknown as FastifyReply,
    );
  await from('attacker');
  await expect(from('attacker')).rejects.toMatchObject({ problem: 'too-many-requests' });
  for (let n = 0; n < 15_000; n++) await from(`other ${n}`);
  await expect(from('attacker')).rejects.toMatchObject({ problem: 'too-many-requests' });
});
