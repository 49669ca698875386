import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTempFolder } from '@clarity/host';
import { startRecording } from './record';

const silent = { started: () => {}, note: () => {}, ended: () => {} };
const never = new AbortController().signal;
const plan = { name: 'plan', summary: 'plan the environment' };

test('records what a scenario showed and how long it took', async () => {
  const { records, record } = startRecording('/nowhere', silent);
  await record(plan, never, async () => '3 changes');
  expect(records).toEqual([
    {
      ...plan,
      verdict: 'passed',
      detail: '3 changes',
      start: expect.any(Number),
      seconds: expect.any(Number),
    },
  ]);
});

test('records a failure with its message, and passes it on', async () => {
  const { records, record } = startRecording('/nowhere', silent);
  const failing = record(plan, never, () => Promise.reject(new Error('no provider')));
  await expect(failing).rejects.toThrow('no provider');
  expect(records).toMatchObject([{ verdict: 'failed', detail: 'no provider' }]);
});

test('what fails after an interruption was stopped by it', async () => {
  const { records, record } = startRecording('/nowhere', silent);
  const controller = new AbortController();
  const stopped = record(plan, controller.signal, async () => {
    controller.abort(new Error('Interrupted by SIGINT.'));
    throw new Error('a consequence');
  });
  await expect(stopped).rejects.toThrow('Interrupted by SIGINT.');
  expect(records).toMatchObject([{ verdict: 'stopped', detail: 'Interrupted by SIGINT.' }]);
});

test('names the log if there is one', async () => {
  await inTempFolder('record', async (folder) => {
    const { records, record } = startRecording(folder, silent);
    await record(plan, never, async () => '');
    await record({ ...plan, name: 'synth' }, never, async () => {
      await mkdir(join(folder, 'logs'));
      await writeFile(join(folder, 'logs/synth.log'), '');
      return '';
    });
    expect(records.map(({ log }) => log)).toEqual([undefined, 'logs/synth.log']);
  });
});
