import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callHere } from './running';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'settle-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o7777;

test('files differ only in name and content, independent of owner and time', () => {
  mkdirSync(join(folder, 'app'));
  mkdirSync(join(folder, 'tmp'));
  writeFileSync(join(folder, 'app/main.js'), '');
  writeFileSync(join(folder, 'app/node'), '');
  chmodSync(join(folder, 'app/node'), 0o700);
  symlinkSync('gone', join(folder, 'app/link'));
  callHere('settle.mjs', 'settle', folder);
  expect(['app', 'tmp', 'app/main.js', 'app/node'].map(modeOf)).toEqual([
    0o755, 0o1777, 0o444, 0o555,
  ]);
  for (const name of ['.', 'app', 'app/main.js'])
    expect(statSync(join(folder, name)).mtimeMs).toBe(0);
});
