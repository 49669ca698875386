import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { uploadsOf } from '../../test/uploads';
import { stubDynamo } from '../testing';
import { dynamoHealthDataRepository } from './dynamo-health-data-repository';

const kills = 12;

it('loses nothing acknowledged and doubles nothing, however often it is killed while uploading', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clarity-killed-'));
  const dynamo = await stubDynamo();
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint });
  try {
    const program = join(folder, 'uploading-process.js');
    await build({
      entryPoints: [join(__dirname, '../../test/uploading-process.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      tsconfig: join(__dirname, '../../../../tsconfig.base.json'),
      logLevel: 'error',
    });
    const { userId, uploads } = uploadsOf('killed');
    const acknowledged = new Set<number>();
    for (let first = 0, n = 0; first < uploads.length; n++) {
      const args = [program, dynamo.endpoint, userId, String(first), String(uploads.length)];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'close');
      const goal = first + Math.ceil(uploads.length / kills);
      for await (const line of createInterface(child.stdout)) {
        acknowledged.add(Number(line));
        if (n < kills && Number(line) >= goal) child.kill('SIGKILL');
      }
      await ended;
      while (acknowledged.has(first)) first++;
    }
    expect(acknowledged.size).toBe(uploads.length);

    const repository = dynamoHealthDataRepository(client, 'health');
    const stored: string[] = [];
    let after: string | undefined;
    do {
      const span = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 6) };
      const query = { type: 'heart_rate', ...span, limit: 5_000 } as const;
      const more = after === undefined ? {} : { after };
      const page = await repository.findSamples(userId, { ...query, ...more });
      stored.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    const expected = new Set(uploads.flat().map(({ sample }) => sample.id));
    expect(stored).toEqual([...expected].sort());
  } finally {
    client.destroy();
    await dynamo.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
