import { cleanUps } from './clean-ups';

test('undoes the newest first, and the rest even where one fails', async () => {
  const lines: string[] = [];
  const undone: string[] = [];
  const clean = cleanUps((line) => lines.push(line));
  clean.add('engine', async () => undone.push('engine'));
  clean.add('network', () => Promise.reject(new Error('in use')));
  clean.add('container', async () => undone.push('container'));
  await clean.run();
  expect(undone).toEqual(['container', 'engine']);
  expect(lines).toEqual(['left behind: network (in use)']);
});

test('undoes nothing twice, so that a signal and the normal end may both ask', async () => {
  const undo = jest.fn(() => Promise.resolve());
  const clean = cleanUps(() => undefined);
  clean.add('engine', undo);
  await Promise.all([clean.run(), clean.run()]);
  expect(undo).toHaveBeenCalledTimes(1);
});
