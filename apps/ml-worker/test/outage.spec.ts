import { eventually } from '@clarity/host';
import { setTimeout as delay } from 'node:timers/promises';
import { aBundle, publish } from './published-model';
import { askForMany } from './queued-analysis';
import { deniableRole, embeddedCloud } from './processes/embedded-cloud';
import { expectAllCompleted } from './processes/expect-all-completed';
import { queueSpeed, quickQueue } from './processes/quick-queue';
import { workerPrograms } from './processes/worker-processes';

const analyses = 200;
const outageMs = (10 * 60_000) / queueSpeed;

test('ten minutes without S3 cost none of 200 analyses', async () => {
  // Longer than the test: a job comes back because a worker postponed it, never because it takes long.
  const aws = await embeddedCloud(900);
  const role = await deniableRole();
  const queue = await quickQueue(aws.environment.JOBS_QUEUE_URL);
  const programs = await workerPrograms();
  try {
    await publish(aws.cloud.objects, await aBundle('in-memory'));
    const environment = {
      ...aws.environment,
      ...role.environment,
      JOBS_QUEUE_URL: queue.url,
    };
    const workers = [await programs.start(environment), await programs.start(environment)];
    const allow = await role.deny('s3:*');
    const asking = askForMany(aws.cloud, analyses);
    const paused = async () => workers.every(({ lines }) => lines.some(isPause)) || undefined;
    await eventually(paused, { limitMs: 60_000, what: 'A pause of each worker' });
    await delay(outageMs);
    const asked = await asking;
    for (const { lines } of workers) {
      expect(lines.filter(isDone)).toEqual([]);
      const pauses = lines.filter(isPause).map(({ failures }) => failures);
      expect(new Set(pauses).size).toBe(pauses.length);
      expect(JSON.stringify(lines)).toContain('AccessDenied');
    }
    await allow();
    await expectAllCompleted(aws, asked);
  } finally {
    await programs.remove();
    queue.close();
    role.close();
    aws.close();
  }
}, 300_000);

type Line = Readonly<Record<string, unknown>>;
const isPause = ({ message }: Line) => message === 'receiving pauses';
const isDone = ({ kind }: Line) => kind === 'done';
