import { eventually } from '@clarity/host';
import { sha256Of } from '@clarity/schema';
import { minutesPerWeek, encodeCounts, type Analysis } from '@clarity/domain';
import { aBundle, publish } from './published-model';
import { askFor, askForMany, inputOf } from './queued-analysis';
import { embeddedCloud } from './processes/embedded-cloud';
import { workerPrograms, type WorkerProcess } from './processes/worker-processes';

const analyses = 200;
const kills = 5;
/** So that one in five messages is a duplicate. */
const everyFourthTwice = (n: number) => (n % 4 === 0 ? 2 : 1);
const limit = { limitMs: 120_000, pauseMs: 50 };

/** Inputs that no worker can analyse, and how their analyses end. */
const poison: readonly ((analysis: Analysis) => object | string)[] = [
  () => 'not JSON',
  (analysis) => inputOf({ ...analysis, timeZone: 'Mars/Olympus' }),
  (analysis) =>
    inputOf(analysis, { counts: encodeCounts(new Float32Array(minutesPerWeek).fill(-1)) }),
];
const noise = ['not JSON', '{"schema":1}', '[]'];

test('five kills, duplicates, poison and noise: each analysis ends once, and right', async () => {
  const aws = await embeddedCloud(10);
  const { cloud } = aws;
  const programs = await workerPrograms();
  const workers: WorkerProcess[] = [];
  const start = async () => void workers.push(await programs.start(aws.environment));
  try {
    await publish(cloud.objects, await aBundle('in-memory'));
    await Promise.all([start(), start()]);
    const [asked, bad] = await Promise.all([
      askForMany(cloud, analyses, everyFourthTwice),
      Promise.all(poison.map(async (document) => (await askFor(cloud, document)).analysis)),
      Promise.all(noise.map(aws.send)),
      killEach(workers, start),
    ]);
    const done = async () => (await aws.jobsLeft()) === 0 || undefined;
    await eventually(done, { ...limit, what: 'An empty queue' });

    const stored = (of: readonly Analysis[]) =>
      Promise.all(of.map(({ userId, id }) => cloud.healthData.findAnalysis(userId, id)));
    const versions = await aws.versions();
    for (const end of await stored(asked)) {
      expect(end).toMatchObject({ status: 'completed' });
      const { key = '', sha256 } = end?.result ?? {};
      expect(sha256Of((await cloud.objects.get(key))?.bytes ?? new Uint8Array())).toBe(sha256);
      expect(versions.get(key)).toBe(1);
    }
    for (const end of await stored(bad))
      expect(end).toMatchObject({ status: 'failed', failure: { code: 'invalid-input' } });
    expect([...(await aws.deadLetters())].sort()).toEqual([...noise].sort());
  } finally {
    await programs.remove();
    aws.close();
  }
}, 300_000);

/** Kills the older of two workers after each sixth of the work. */
async function killEach(
  workers: readonly WorkerProcess[],
  start: () => Promise<unknown>,
): Promise<void> {
  const handled = () => workers.flatMap(({ lines }) => lines.filter(isHandled)).length;
  for (let kill = 1; kill <= kills; kill++) {
    const enough = async () => handled() > (kill * analyses) / (kills + 1) || undefined;
    await eventually(enough, { ...limit, what: `Work before kill ${kill}` });
    const oldest = workers[kill - 1];
    oldest?.kill('SIGKILL');
    expect(await oldest?.exitCode).toBe(137);
    await start();
  }
}
const isHandled = ({ message }: Readonly<Record<string, unknown>>) => message === 'job handled';
