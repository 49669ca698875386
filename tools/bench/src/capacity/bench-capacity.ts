import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoHealthDataRepository } from '@clarity/aws';
import { stubDynamo, type CapacityUnits, type StubDynamo } from '@clarity/aws/testing';
import { timed, type HealthDataRepository, type TimedSample } from '@clarity/domain';
import { aSample, aUser, someMinutes } from '@clarity/domain/testing';
import type { Table } from '../result';
import { putItemPerSample } from './item-per-sample';

/** What is uploaded in how many parts, and how many API processes take turns to store them. */
interface SyncPlan {
  readonly name: string;
  readonly samples: readonly TimedSample[];
  readonly perUpload: number;
  readonly processes: 1 | 2;
}

const table = 'health';
const dayMs = 86_400_000;
const midnight = Date.UTC(2026, 2, 2);
const minutes = someMinutes(midnight, 1_440).map(timed);
/** Four hours of a heart rate each second. */
const seconds = Array.from({ length: 4 * 3_600 }, (_, second) => {
  const start = new Date(midnight + second * 1_000).toISOString();
  return timed(
    aSample({ type: 'heart_rate', unit: '/min', value: 60 + (second % 40), start, end: start }),
  );
});

const plans: readonly SyncPlan[] = ([1, 2] as const).flatMap((processes) => [
  ...Object.entries({
    'minutes, once a day': 1_440,
    'minutes, every 6 h': 360,
    'minutes, hourly': 60,
    'minutes, every 15 min': 15,
    'minutes, every 5 min': 5,
    'minutes, every minute': 1,
  }).map(([name, perUpload]) => ({ name, samples: minutes, perUpload, processes })),
  { name: 'seconds for 4 h, every minute', samples: seconds, perUpload: 60, processes },
]);

interface Row {
  readonly plan: SyncPlan;
  readonly ours: CapacityUnits;
  readonly items: CapacityUnits;
}

/**
 * What one day costs on DynamoDB, in the units that its own rules give for what the repository
 * sends, against an item per sample.
 */
export async function benchCapacity(): Promise<Table> {
  const dynamo = await stubDynamo();
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: dynamo.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const itemUnits = new Map<readonly TimedSample[], CapacityUnits>();
    for (const samples of new Set(plans.map((plan) => plan.samples))) {
      dynamo.reset();
      await putItemPerSample(client, table, aUser(), samples);
      itemUnits.set(samples, dynamo.units());
    }
    const rows: Row[] = [];
    for (const plan of plans) {
      const repositories = Array.from({ length: plan.processes }, () =>
        dynamoHealthDataRepository(client, table),
      );
      const ours = await unitsOfDay(dynamo, plan, repositories);
      rows.push({ plan, ours, items: itemUnits.get(plan.samples) ?? ours });
    }
    return capacityTable(rows);
  } finally {
    client.destroy();
    await dynamo.close();
  }
}

/** Of a day that is not the first of its series: the first write of all looks for earlier ones. */
async function unitsOfDay(
  dynamo: StubDynamo,
  { samples, perUpload }: SyncPlan,
  repositories: readonly HealthDataRepository[],
): Promise<CapacityUnits> {
  dynamo.reset();
  const userId = aUser();
  const upload = async (n: number, part: readonly TimedSample[]) => {
    await repositories[n % repositories.length]?.addSamples(userId, part);
  };
  const { type } = samples[0]?.sample ?? aSample();
  await upload(
    0,
    someMinutes(midnight - dayMs, 1).map((each) => timed({ ...each, type })),
  );
  dynamo.resetUnits();
  for (let from = 0, n = 0; from < samples.length; from += perUpload, n++)
    await upload(n, samples.slice(from, from + perUpload));
  return dynamo.units();
}

function capacityTable(rows: readonly Row[]): Table {
  const figures = rows.map((row) => ({ ...row, share: price(row.ours) / price(row.items) }));
  const byOne = figures.filter(({ plan }) => plan.processes === 1);
  const dearest = Math.max(...byOne.map(({ share }) => share));
  return {
    name: 'DynamoDB units for one day',
    columns: [
      'uploaded',
      'processes',
      'uploads',
      'write',
      'read',
      'write as items',
      'share of price',
    ],
    rows: figures.map(({ plan, ours, items, share }) => [
      plan.name,
      String(plan.processes),
      String(Math.ceil(plan.samples.length / plan.perUpload)),
      String(ours.write),
      String(ours.read),
      String(items.write),
      share.toFixed(2),
    ]),
    goals: [
      { what: 'dearest by one process, of an item per sample', value: dearest, atMost: 1 },
      { what: 'once a day, of an item per sample', value: byOne[0]?.share ?? NaN, atMost: 0.05 },
    ],
  };
}

/** In write units. On demand, a read unit costs a fifth of one (Amazon DynamoDB pricing, 2026). */
function price({ write, read }: CapacityUnits): number {
  return write + read / 5;
}
