import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Runs a built program on an embedded AWS of its own.
 * @param script relative to dist/tools
 * @param shown whether what it says meanwhile is for people
 * @returns the JSON that it printed last
 */
export async function onEmbeddedAws<Result>(
  root: string,
  script: string,
  { shown = false } = {},
): Promise<Result> {
  const tools = join(root, 'dist/tools');
  const args = [join(tools, 'local-cloud/main.js'), 'exec', '--'];
  const running = promisify(execFile)(
    process.execPath,
    [...args, process.execPath, join(tools, script)],
    { cwd: root, timeout: 900_000 },
  );
  if (shown) running.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout } = await running;
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
}
