import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, type Delay } from '../side-by-side';

const run = promisify(execFile);

/** From the start of `pipeline rollback`, a Node process, to its call of UpdateService. */
export async function benchRollback(root: string): Promise<Delay> {
  const tool = (name: string, file: string) => join(root, 'dist/tools', name, file);
  const { stdout } = await run(
    process.execPath,
    [
      tool('local-cloud', 'main.js'),
      'exec',
      '--',
      process.execPath,
      tool('pipeline', 'rollback-delay.js'),
    ],
    { cwd: root, timeout: 180_000 },
  );
  const seconds = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as number[];
  return { name: 'rollback', what: 'to UpdateService', seconds: median(seconds), atMost: 3 };
}
