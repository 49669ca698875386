import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenStart, fourWorkers, strangersWords, threeWorkers, wordsOnly } from './changes';

const root = join(__dirname, '../../../..');

test('what the story changes is there to be changed', async () => {
  for (const { path, from } of [...threeWorkers, ...strangersWords, ...wordsOnly, ...brokenStart])
    await expect(readFile(join(root, path), 'utf8')).resolves.toContain(from);
});

test('who pushes again changes what they had changed', () => {
  expect(fourWorkers.map(({ from }) => from)).toEqual(threeWorkers.map(({ to }) => to));
});
