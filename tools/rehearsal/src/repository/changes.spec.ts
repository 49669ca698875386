import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  brokenStart,
  fourWorkers,
  renamedDashboard,
  strangersWords,
  threeWorkers,
  wordsOnly,
} from './changes';

const root = join(__dirname, '../../../..');

test('the texts that the scenarios change exist in the workspace', async () => {
  const edits = [threeWorkers, renamedDashboard, strangersWords, wordsOnly, brokenStart].flat();
  for (const { path, from } of edits)
    await expect(readFile(join(root, path), 'utf8')).resolves.toContain(from);
});

test('the second push changes what the first one changed', () => {
  expect(fourWorkers.map(({ from }) => from)).toEqual(threeWorkers.map(({ to }) => to));
});
