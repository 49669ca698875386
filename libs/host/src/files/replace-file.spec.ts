import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, replaceJson } from './replace-file';
import { inTempFolder } from './temp-folder';

it('makes the folder, and leaves nothing but the file', async () => {
  await inTempFolder('replace-file', async (folder) => {
    const path = join(folder, 'a/b/state.json');
    await replaceJson(path, { pid: 1 });
    await replaceFile(path, '{}\n', 0o600);
    expect(await readdir(join(folder, 'a/b'))).toEqual(['state.json']);
    expect(await readFile(path, 'utf8')).toBe('{}\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

it('never shows half a file to a reader while others write', async () => {
  await inTempFolder('replace-file', async (folder) => {
    const path = join(folder, 'state');
    const whole = ['a', 'b', 'c'].map((letter) => letter.repeat(200_000));
    await replaceFile(path, whole[0] ?? '');
    const writing = Promise.all(
      Array.from({ length: 30 }, (_, index) => replaceFile(path, whole[index % 3] ?? '')),
    );
    for (let reads = 0; reads < 60; reads++) expect(whole).toContain(await readFile(path, 'utf8'));
    await writing;
    expect(await readdir(folder)).toEqual(['state']);
  });
});

it('cleans up and fails if the target cannot be replaced', async () => {
  await inTempFolder('replace-file', async (folder) => {
    await replaceFile(join(folder, 'taken/file'), '');
    await expect(replaceFile(join(folder, 'taken'), '')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await readdir(folder)).toEqual(['taken']);
  });
});
