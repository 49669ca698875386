import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { timed, type HealthDataRepository, type TimedSample } from '@clarity/domain';
import { aSample, aUser, someMinutes } from '@clarity/domain/testing';
import { stubDynamo, type StubDynamo } from '../testing';
import { dynamoHealthDataRepository } from './dynamo-health-data-repository';

/** What samples cost on DynamoDB, in units that are counted by its own rules. */

const day = Date.UTC(2026, 2, 2);
const dayMs = 86_400_000;
const minutesOfADay = 1_440;

let dynamo: StubDynamo;
let client: DynamoDBClient;
beforeAll(async () => {
  dynamo = await stubDynamo();
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint });
});
afterAll(async () => {
  client.destroy();
  await dynamo.close();
});
beforeEach(() => dynamo.reset());

const aRepository = () => dynamoHealthDataRepository(client, 'health');

/** Stores samples in batches of `size`, one after the other, by the repositories in turns. */
async function sync(
  repositories: readonly HealthDataRepository[],
  userId: ReturnType<typeof aUser>,
  samples: readonly TimedSample[],
  size: number,
): Promise<void> {
  for (let n = 0; n < samples.length / size; n++) {
    const batch = samples.slice(n * size, (n + 1) * size);
    await repositories[n % repositories.length]!.addSamples(userId, batch);
  }
}

describe('a day of minutes', () => {
  it.each([
    ['once a day', 1440, minutesOfADay / 20],
    ['every six hours', 360, minutesOfADay / 20],
    ['hourly', 60, minutesOfADay / 10],
    ['every 15 minutes', 15, minutesOfADay / 5],
    ['every 5 minutes', 5, minutesOfADay],
    ['every minute', 1, minutesOfADay],
  ])('synced %s costs at most what an item a sample would', async (_when, size, most) => {
    const userId = aUser();
    const repository = aRepository();
    // The very first write of a series looks whether there is one: two read units, once.
    await repository.addSamples(userId, someMinutes(day - dayMs, 1).map(timed));
    dynamo.resetUnits();
    await sync([repository], userId, someMinutes(day, minutesOfADay).map(timed), size);
    const { write, read } = dynamo.units();
    expect(write + read).toBeLessThanOrEqual(most);
  });

  it('synced every minute by two processes in turns costs a read more per write, not a lost race', async () => {
    const userId = aUser();
    const minutes = someMinutes(day, minutesOfADay).map(timed);
    await sync([aRepository(), aRepository()], userId, minutes, 1);
    const { write, read } = dynamo.units();
    expect(write).toBeLessThan(1.02 * minutesOfADay);
    expect(read).toBeLessThan(1.02 * minutesOfADay);
  });

  it('is read back for the units of its bytes, however it was synced', async () => {
    const userId = aUser();
    const repository = aRepository();
    await sync([repository], userId, someMinutes(day, minutesOfADay).map(timed), 1);
    dynamo.resetUnits();
    const query = { type: 'activity_count', from: day, to: day + dayMs, limit: 5_000 } as const;
    expect((await repository.findSamples(userId, query)).items).toHaveLength(minutesOfADay);
    expect(dynamo.units().read).toBeLessThan(20);
  });
});

it('serves 50 writers of 200 samples each into one day with a handful of writes', async () => {
  const userId = aUser();
  const repository = aRepository();
  const samples = Array.from({ length: 10_000 }, (_, n) =>
    timed(aSample({ start: new Date(day + n * 8_000).toISOString() })),
  );
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      repository.addSamples(
        userId,
        samples.filter((_, m) => m % 50 === n),
      ),
    ),
  );
  expect(new Set(outcomes.flat())).toEqual(new Set(['created']));
  const { PutItem = 0, TransactWriteItems = 0 } = dynamo.units().calls;
  expect(PutItem + TransactWriteItems).toBeLessThanOrEqual(15);
});

describe('a day of 320,000 samples', () => {
  const full = (count: number) =>
    Array.from({ length: count }, (_, n) => {
      const start = new Date(day + Math.floor((n * dayMs) / count)).toISOString();
      return timed(aSample({ start, end: start }));
    });
  const page = { type: 'activity_count', to: day + dayMs, limit: 1_000 } as const;
  const noon = { ...page, from: day + dayMs / 2 };

  it('is stored and read to the last sample, and a page or a late sample costs its own size', async () => {
    const userId = aUser();
    const repository = aRepository();
    const samples = full(320_000);
    await sync([repository], userId, samples, 10_000);
    const read: string[] = [];
    let after: string | undefined;
    do {
      const query = { ...page, from: day, limit: 5_000, ...(after !== undefined && { after }) };
      const { items, next } = await repository.findSamples(userId, query);
      for (const { id } of items) read.push(id);
      after = next;
    } while (after !== undefined);
    const sorted = samples.toSorted(
      (a, b) => a.start - b.start || (a.sample.id < b.sample.id ? -1 : 1),
    );
    expect(read).toEqual(sorted.map(({ sample }) => sample.id));

    dynamo.resetUnits();
    await repository.findSamples(userId, noon);
    const ofFull = dynamo.units().read;
    const other = aUser();
    await sync([repository], other, full(10_000), 10_000);
    dynamo.resetUnits();
    await repository.findSamples(other, noon);
    expect(ofFull).toBeLessThanOrEqual(3 * dynamo.units().read);

    // The first late sample cuts the block that it lands in, the ones after it find small blocks.
    const late = async () => {
      dynamo.resetUnits();
      await repository.addSamples(userId, [timed(aSample())]);
      const { write, read: reads } = dynamo.units();
      return write + reads;
    };
    expect(await late()).toBeLessThan(120);
    expect(await late()).toBeLessThan(8);
  }, 120_000);
});
