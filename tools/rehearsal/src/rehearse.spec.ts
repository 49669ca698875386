import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTempFolder } from '@clarity/host';
import { rehearse } from './rehearse';
import { reportOf } from './report/report';
import type { Scenario } from './scenarios/scenario';

const progress = { started: () => {}, note: () => {}, ended: () => {} };

const scenario = <Result>(
  name: string,
  run: Scenario<Result>['run'],
  needs: readonly Scenario[] = [],
): Scenario<Result> => ({ name, summary: name, needs, run, describe: String });

async function rehearsed(chosen: readonly Scenario[], interrupted = new AbortController().signal) {
  return inTempFolder('rehearse', (folder) =>
    rehearse(chosen, { root: folder, folder, interrupted, progress }),
  );
}

test('a scenario gets the results of those it needs', async () => {
  const one = scenario('one', async () => 1);
  const two = scenario('two', async ({ resultOf }) => resultOf(one) + 1, [one]);
  const { records, failure } = await rehearsed([two, one]);
  expect(records.map(({ name, detail }) => [name, detail])).toEqual([
    ['one', '1'],
    ['two', '2'],
    ['tear-down', 'no process left'],
  ]);
  expect(failure).toBeUndefined();
});

test('ends what was started, the last first, also after a failure', async () => {
  const ended: string[] = [];
  const starts = (name: string, needs: Scenario[] = []) =>
    scenario(name, async ({ onEnd }) => onEnd(async () => void ended.push(name)), needs);
  const cloud = starts('cloud');
  const load = starts('load', [cloud]);
  const broken = scenario('broken', () => Promise.reject(new Error('no provider')), [load]);
  const { records, failure } = await rehearsed([cloud, load, broken]);
  expect(ended).toEqual(['load', 'cloud']);
  expect(failure).toMatchObject({ message: 'no provider' });
  expect(records.at(-1)).toMatchObject({ name: 'tear-down', verdict: 'passed' });
});

test('a process that outlives the rehearsal fails it', async () => {
  const cloud = scenario('cloud', async ({ onEnd }) =>
    onEnd(() => Promise.reject(new Error('Still running: 7'))),
  );
  const { failure } = await rehearsed([cloud]);
  expect(failure).toMatchObject({ message: 'Still running: 7' });
});

test('the report names the failed scenario and its log, and what ran next to it was stopped', async () => {
  const fails = scenario('fails', async ({ log }) => {
    await mkdir(dirname(log), { recursive: true });
    await writeFile(log, 'why');
    expect(existsSync(log)).toBe(true);
    throw new Error('broken');
  });
  const runs = scenario('runs', ({ signal }) => sleep(60_000, undefined, { signal }));
  const report = reportOf(await rehearsed([fails, runs]), new Date(0), new Date(1500));
  expect(report).toMatchObject({
    ok: false,
    seconds: 1.5,
    failure: { scenario: 'fails', message: 'broken', log: 'logs/fails.log' },
  });
  expect(report.scenarios).toContainEqual(
    expect.objectContaining({ name: 'runs', verdict: 'stopped' }),
  );
});

test('an interruption stops what runs, tears down, and is the failure', async () => {
  const interrupted = new AbortController();
  const runs = scenario('runs', async ({ signal }) => {
    interrupted.abort(new Error('Interrupted by SIGINT.'));
    await sleep(60_000, undefined, { signal });
  });
  const report = reportOf(await rehearsed([runs], interrupted.signal), new Date(), new Date());
  expect(report.failure).toEqual({ message: 'Interrupted by SIGINT.' });
  expect(report.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['runs', 'stopped'],
    ['tear-down', 'passed'],
  ]);
});
