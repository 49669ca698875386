import { Story, type Progress, type StepRecord } from './step';

function setUp() {
  const ended: StepRecord[] = [];
  const progress: Progress = {
    started: () => {},
    note: () => {},
    ended: (r) => void ended.push(r),
  };
  const controller = new AbortController();
  return { story: new Story(progress, controller.signal), ended, controller };
}

test('a step is recorded with what it showed, and hands its value on', async () => {
  const { story, ended } = setUp();
  const value = await story.step('add', async () => 1 + 1, String);
  expect(value).toBe(2);
  expect(story.steps).toEqual([
    { name: 'add', ok: true, seconds: expect.any(Number), detail: '2' },
  ]);
  expect(ended).toEqual(story.steps);
});

test('a failed step is recorded, and the failure names it', async () => {
  const { story } = setUp();
  const run = story.step('plan', () => Promise.reject(new Error('no provider')), String);
  await expect(run).rejects.toMatchObject({ step: 'plan', message: 'no provider' });
  expect(story.steps).toMatchObject([{ ok: false, detail: 'no provider' }]);
});

test('after an interruption only the last step runs, and the interruption is the reason', async () => {
  const { story, controller } = setUp();
  const run = story.step(
    'deploy',
    async () => {
      controller.abort(new Error('Interrupted by SIGINT.'));
      throw new Error('a consequence');
    },
    String,
  );
  await expect(run).rejects.toThrow('Interrupted by SIGINT.');
  await expect(story.step('next', async () => 1, String)).rejects.toThrow('Interrupted by SIGINT.');
  await expect(story.lastStep('tear down', async () => 1, String)).resolves.toBe(1);
});
