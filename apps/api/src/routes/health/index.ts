import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { Dependencies } from '../../dependencies';
import { alwaysAnswer } from '../../load-limits';
import { Problem } from '../../problems/problem';
import { readiness } from './readiness';

const check = Type.Union([Type.Literal('ok'), Type.Literal('failed'), Type.Literal('timed-out')]);
const readySchema = Type.Object(
  {
    status: Type.Literal('ready'),
    checks: Type.Object({ table: check, objects: check, auth: check }),
  },
  {
    description:
      'Every dependency has answered since the start; `checks` is their state of the last seconds.',
    examples: [{ status: 'ready', checks: { table: 'ok', objects: 'ok', auth: 'ok' } }],
  },
);
const aliveSchema = Type.Object(
  { status: Type.Literal('alive') },
  { description: 'The process answers.', examples: [{ status: 'alive' }] },
);

/** Balancers ask again by themselves; people and scripts read it. */
const retrySoon = { 'retry-after': '5' };

export function healthRoutes({ cloud, clock }: Dependencies): FastifyPluginAsyncTypebox {
  return async (app) => {
    const check = readiness(cloud, clock);

    app.get(
      '/livez',
      {
        schema: {
          operationId: 'getLiveness',
          summary: 'Is the process alive?',
          tags: ['operation'],
          response: { 200: aliveSchema },
        },
        config: { ...alwaysAnswer, quiet: true },
      },
      async () => ({ status: 'alive' as const }),
    );

    app.get(
      '/readyz',
      {
        schema: {
          operationId: 'getReadiness',
          summary: 'Can requests be served?',
          description:
            'Tries the table, the bucket and the user pool. The answer is 503 until each has answered, and while the process drains. A dependency that fails later is shown in `checks`.',
          tags: ['operation'],
          response: { 200: readySchema },
        },
        config: { ...alwaysAnswer, quiet: true, problems: ['unavailable'] },
      },
      async () => {
        if (app.lifecycle.draining)
          throw new Problem('unavailable', 'This process is stopping.', { headers: retrySoon });
        const { ready, checks } = await check();
        if (ready) return { status: 'ready' as const, checks };
        const failing = Object.entries(checks).filter(([, state]) => state !== 'ok');
        throw new Problem(
          'unavailable',
          failing.map(([name, state]) => `${name}: ${state}`).join(', '),
          { members: { checks }, headers: retrySoon },
        );
      },
    );
  };
}
