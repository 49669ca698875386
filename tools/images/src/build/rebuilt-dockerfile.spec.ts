import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { appImages } from '../images';
import { rebuilt } from './rebuilt-dockerfile';

const root = resolve(__dirname, '../../../..');
const dockerfileOf = (app: string) => readFile(join(root, `apps/${app}/Dockerfile`), 'utf8');

test.each(appImages.map(({ app }) => app))('the Dockerfile of %s can be rebuilt', async (app) => {
  const dockerfile = await dockerfileOf(app);
  const again = rebuilt(dockerfile, 'mark');
  expect(again).toContain('FROM dependencies AS layers\nENV REBUILT=mark\n');
  const runtimes = dockerfile.match(/^FROM scratch/gm)?.length;
  expect(again.match(/^FROM scratch.*\nWORKDIR \/mark$/gm)).toHaveLength(runtimes ?? 0);
});

test('a Dockerfile of another shape is refused, for its test would prove nothing', () => {
  expect(() => rebuilt('FROM node\nCOPY . .\n', 'mark')).toThrow('no stage');
});

test('the apps install their dependencies in the same words, so that an engine does it once', async () => {
  const stages = await Promise.all(
    appImages.map(async ({ app }) => {
      const text = await dockerfileOf(app);
      return text.slice(text.indexOf('FROM ${NODE_IMAGE}')).split(/\n\n/)[0];
    }),
  );
  expect(stages[0]).toContain('npm ci');
  expect(new Set(stages).size).toBe(1);
});
