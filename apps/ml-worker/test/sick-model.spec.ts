import type { Analysis } from '@clarity/domain';
import { eventually } from '@clarity/host';
import { aBundle, publish } from './published-model';
import { askForMany } from './queued-analysis';
import { embeddedCloud } from './processes/embedded-cloud';
import { expectAllCompleted } from './processes/expect-all-completed';
import { workerPrograms } from './processes/worker-processes';

const analyses = 200;
const limit = { limitMs: 120_000, pauseMs: 50 };

test('a model that fails after its 20th run, and one that hangs then, cost no analysis', async () => {
  const aws = await embeddedCloud(120);
  const programs = await workerPrograms();
  try {
    await publish(aws.cloud.objects, await aBundle('in-memory'));
    await programs.start(aws.environment);
    const asked: Analysis[] = [];
    for (const [sickness, exitCode] of [
      ['failing', 1],
      ['hanging', 137],
    ] as const) {
      const sick = await programs.start(aws.environment, sickness);
      const unready = async () => (await sick.readiness()) !== 200 || undefined;
      const [more] = await Promise.all([
        askForMany(aws.cloud, analyses / 2),
        eventually(unready, { ...limit, what: `The end of readiness, ${sickness}` }),
      ]);
      asked.push(...more);
      expect(await sick.exitCode).toBe(exitCode);
    }
    await expectAllCompleted(aws, asked);
  } finally {
    await programs.remove();
    aws.close();
  }
}, 300_000);
