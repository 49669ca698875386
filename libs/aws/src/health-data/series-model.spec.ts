import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { timed, type HealthDataRepository, type Sample, type UserId } from '@clarity/domain';
import { aUser, inMemoryHealthDataRepository } from '@clarity/domain/testing';
import fc from 'fast-check';
import { stubDynamo, type StubDynamo } from '../testing';
import { dynamoHealthDataRepository } from './dynamo-health-data-repository';

/**
 * The DynamoDB repository and the one in memory run side by side through any sequence of uploads,
 * pages and faults. Two repositories on one table are two processes; blocks are tiny, so that they
 * are cut, filled and closed all the time.
 */

const base = Date.UTC(2026, 2, 2);
const span = 400;
const type = 'heart_rate';

/** Few places, so that uploads meet: the same instant, the same id, the same sample. */
const sample = fc
  .record({ minute: fc.nat(span), id: fc.nat(30), named: fc.boolean() })
  .map(({ minute, id, named }): Sample => {
    const start = new Date(base + minute * 60_000).toISOString();
    const uuid = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
    const device = named ? { device: `watch ${id}` } : {};
    return {
      id: uuid,
      type,
      start,
      end: start,
      value: 40 + id,
      unit: '/min',
      source: 's',
      ...device,
    };
  });
const run = fc
  .record({ from: fc.nat(span), count: fc.integer({ min: 1, max: 120 }), id: fc.nat(3) })
  .map(({ from, count, id }): Sample[] =>
    Array.from({ length: count }, (_, n) => {
      const start = new Date(base + (from + n) * 60_000).toISOString();
      const uuid = `11111111-0000-4000-8000-00000000000${id}`;
      return { id: uuid, type, start, end: start, value: 60, unit: '/min', source: 's' };
    }),
  );
const batch = fc.oneof(fc.array(sample, { maxLength: 40 }), run);
/** Different batches, or the same one several times. */
const racers = fc.oneof(
  fc.array(batch, { minLength: 2, maxLength: 6 }),
  fc.tuple(run, fc.integer({ min: 2, max: 5 })).map(([same, count]) => Array(count).fill(same)),
) as fc.Arbitrary<Sample[][]>;

type Fault = 'refused' | 'answer lost';
const faultAt = fc.option(
  fc.record({ call: fc.nat(5), fault: fc.constantFrom<Fault>('refused', 'answer lost') }),
  { nil: undefined },
);

const limits = fc.record({
  maxBytes: fc.constantFrom(300, 600, 2_000),
  maxSamples: fc.integer({ min: 2, max: 40 }),
  smallBlock: fc.constantFrom(200, 400),
  openBlock: fc.constantFrom(0, 150, 300),
});

type Step =
  | { readonly kind: 'add'; readonly by: 0 | 1; readonly batches: readonly (readonly Sample[])[] }
  | {
      readonly kind: 'fail';
      readonly by: 0 | 1;
      readonly batch: readonly Sample[];
      readonly at: { call: number; fault: Fault } | undefined;
    }
  | {
      readonly kind: 'read';
      readonly by: 0 | 1;
      readonly from: number;
      readonly minutes: number;
      readonly limit: number;
    };

const by = fc.constantFrom<0 | 1>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    by,
    batches: fc.array(batch, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('fail' as const), by, batch, at: faultAt }),
  fc.record({
    kind: fc.constant('read' as const),
    by,
    from: fc.nat(span),
    minutes: fc.integer({ min: 1, max: span }),
    limit: fc.integer({ min: 1, max: 60 }),
  }),
);

let dynamo: StubDynamo;
let client: DynamoDBClient;
let pending: { call: number; fault: Fault } | undefined;
beforeAll(async () => {
  dynamo = await stubDynamo();
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint, maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => async (args) => {
      if (!pending || pending.call-- > 0) return next(args);
      const { fault } = pending;
      pending = undefined;
      if (fault === 'answer lost') await next(args);
      throw new Error(fault);
    },
    { step: 'finalizeRequest', name: 'faults' },
  );
});
afterAll(async () => {
  client.destroy();
  await dynamo.close();
});

async function readAll(
  repository: HealthDataRepository,
  userId: UserId,
  { from, minutes, limit }: { from: number; minutes: number; limit: number },
): Promise<Sample[]> {
  const start = base + from * 60_000;
  const items: Sample[] = [];
  let after: string | undefined;
  do {
    const query = { type, from: start, to: start + minutes * 60_000, limit } as const;
    const page = await repository.findSamples(userId, {
      ...query,
      ...(after !== undefined && { after }),
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    if (page.next !== undefined) expect(page.items).toHaveLength(limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

it('does what the repository in memory does under random uploads, reads, races and losses', async () => {
  await fc.assert(
    fc.asyncProperty(
      limits,
      fc.array(step, { minLength: 1, maxLength: 25 }),
      async (limit, steps) => {
        const userId = aUser();
        const model = inMemoryHealthDataRepository();
        const processes = [0, 1].map(() => dynamoHealthDataRepository(client, 'health', limit));
        for (const each of steps) {
          const repository = processes[each.by]!;
          if (each.kind === 'add') {
            const all = [...each.batches];
            const outcomes = await Promise.all(
              all.map((samples) => repository.addSamples(userId, samples.map(timed))),
            );
            const expected = await model.addSamples(userId, all.flat().map(timed));
            expect(outcomes.flat().toSorted()).toEqual(expected.toSorted());
            if (all.length === 1) expect(outcomes[0]).toEqual(expected);
          } else if (each.kind === 'fail') {
            pending = each.at && { ...each.at };
            const samples = each.batch.map(timed);
            const failure = await repository.addSamples(userId, samples).then(
              () => undefined,
              (error: unknown) => error,
            );
            pending = undefined;
            if (failure !== undefined) {
              expect(failure).toMatchObject({ kind: 'unavailable' });
              await repository.addSamples(userId, samples);
            }
            await model.addSamples(userId, samples);
          } else {
            expect(await readAll(repository, userId, each)).toEqual(
              await readAll(model, userId, each),
            );
          }
        }
        const everything = { from: 0, minutes: 2 * span, limit: 5_000 };
        const expected = await readAll(model, userId, everything);
        for (const repository of processes)
          expect(await readAll(repository, userId, everything)).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

it('creates each sample once, if processes race to store the same ones', async () => {
  await fc.assert(
    fc.asyncProperty(limits, racers, async (limit, batches) => {
      const userId = aUser();
      const outcomes = await Promise.all(
        batches.map((samples) =>
          dynamoHealthDataRepository(client, 'health', limit).addSamples(
            userId,
            samples.map(timed),
          ),
        ),
      );
      const distinct = new Set(batches.flat().map(({ id, start }) => `${start} ${id}`));
      expect(outcomes.flat().filter((outcome) => outcome === 'created')).toHaveLength(
        distinct.size,
      );
      const stored = await readAll(dynamoHealthDataRepository(client, 'health', limit), userId, {
        from: 0,
        minutes: 2 * span,
        limit: 50,
      });
      expect(stored.map(({ id, start }) => `${start} ${id}`)).toEqual([...distinct].sort());
    }),
    { numRuns: 25 },
  );
}, 120_000);
