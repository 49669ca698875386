import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import { awsProvider, launcherMirror } from './launcher-mirror';

const program = join(awsProvider, '5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5');

let folder: string;
let mirror: string;
const write = async (file: string, text: string) => {
  await mkdir(join(mirror, file, '..'), { recursive: true });
  await writeFile(join(mirror, file), text, { mode: 0o755 });
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launcher-'));
  mirror = join(folder, "the user's mirror");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the program of the mirror runs with the arguments that its launcher gets', async () => {
  await write(program, '#!/bin/sh\necho "provider $1"\n');
  const launchers = await launcherMirror(mirror, folder);
  expect(await runProgram(join(launchers, program), ["a 'b'"], {})).toBe("provider a 'b'");
});

test('launchers that are made at the same time are whole, and there is one folder', async () => {
  await write(program, '');
  await write(join(program, '../LICENSE.txt'), '');
  const all = await Promise.all([1, 2, 3, 4].map(() => launcherMirror(mirror, folder)));
  expect(new Set(all).size).toBe(1);
  expect(await readdir(folder)).toHaveLength(2);
  const [launchers = ''] = all;
  expect(await readdir(join(launchers, program, '..'))).toEqual([program.split('/').at(-1)]);
});

test('another program gets a mirror of its own', async () => {
  await write(program, '');
  const before = await launcherMirror(mirror, folder);
  await write(program.replaceAll('5.100.0', '6.0.0'), '');
  expect(await launcherMirror(mirror, folder)).not.toBe(before);
});

test('a mirror of archives, or one that does not exist, stays as it is', async () => {
  expect(await launcherMirror(mirror, folder)).toBe(mirror);
  await write(join(awsProvider, 'terraform-provider-aws_5.100.0_linux_amd64.zip'), '');
  expect(await launcherMirror(mirror, folder)).toBe(mirror);
});
