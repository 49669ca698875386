import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { makeVariant, variants } from './release-variants';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'variants-'));
  await mkdir(join(folder, 'built/api'), { recursive: true });
  await writeFile(join(folder, 'built/api/main.js'), 'original');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each(Object.values(variants))(
  '$name is the real build behind a few lines that parse',
  async ({ name }) => {
    const made = await makeVariant(name, join(folder, 'built'), join(folder, 'variants'));
    await expect(readFile(join(made, 'api/app.js'), 'utf8')).resolves.toBe('original');
    const program = await readFile(join(made, 'api/main.js'), 'utf8');
    expect(() => new Script(program)).not.toThrow();
  },
);
