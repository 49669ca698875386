import { parseSample, type Sample, type TimedSample } from '@clarity/domain';
import { type FieldError } from '@clarity/schema';
import { aUser, inMemoryHealthDataRepository } from '@clarity/domain/testing';
import express from 'express';
import Fastify from 'fastify';

/**
 * What the API is compared with: `bare` (Fastify that parses the body, or sends an array that is
 * there) and `express` (Express that also checks each sample as the API does, and keeps it in the
 * same store in memory). Both get the page's samples by a POST to `/page` first.
 */
const bodyLimit = 8 * 1024 * 1024;
const host = '127.0.0.1';
/** Samples, as the API in memory does. */
const forgetAfter = 5_000;

interface Batch {
  readonly samples: readonly Sample[];
}

async function bare(port: number): Promise<void> {
  const app = Fastify({ bodyLimit });
  let page: readonly Sample[] = [];
  app.post<{ Body: Batch }>('/page', async ({ body }) => {
    page = body.samples;
    return {};
  });
  app.post<{ Body: Batch }>('/v1/samples::batch', async ({ body }) => ({
    created: body.samples.length,
  }));
  app.get('/v1/samples', async () => ({ items: page }));
  await app.listen({ host, port });
}

function onExpress(port: number): void {
  const app = express();
  app.use(express.json({ limit: bodyLimit }));
  const healthData = inMemoryHealthDataRepository({ forgetAfter });
  const userId = aUser();
  let page: readonly Sample[] = [];
  app.post('/page', (request, response) => {
    page = (request.body as Batch).samples;
    response.json({});
  });
  app.post('/v1/samples\\:batch', async (request, response) => {
    const errors = new Map<number, readonly FieldError[]>();
    const valid: TimedSample[] = [];
    const { samples } = request.body as { samples: readonly unknown[] };
    for (const [n, input] of samples.entries()) {
      const parsed = parseSample(input, Date.now());
      if (parsed.ok) valid.push(parsed);
      else errors.set(n, parsed.errors);
    }
    const stored = (await healthData.addSamples(userId, valid)).values();
    response.json({
      outcomes: samples.map((_, n) =>
        errors.has(n)
          ? { outcome: 'rejected', errors: errors.get(n) }
          : { outcome: stored.next().value },
      ),
    });
  });
  app.get('/v1/samples', (_request, response) => void response.json({ items: page }));
  app.listen(port, host);
}

const [kind, port] = [process.argv[2], Number(process.env['PORT'])];
if (kind === 'express') onExpress(port);
else void bare(port);
