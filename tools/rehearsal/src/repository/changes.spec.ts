import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenStart, fourWorkers, strangersWords, threeWorkers, wordsOnly } from './changes';

const root = join(__dirname, '../../../..');

test('the texts that the scenarios change exist in the workspace', async () => {
  for (const { path, from } of [...threeWorkers, ...strangersWords, ...wordsOnly, ...brokenStart])
    await expect(readFile(join(root, path), 'utf8')).resolves.toContain(from);
});

test('the second push changes what the first one changed', () => {
  expect(fourWorkers.map(({ from }) => from)).toEqual(threeWorkers.map(({ to }) => to));
});
