import { join } from 'node:path';
import { runProgram } from '@clarity/host';

const limitMs = 900_000;

/**
 * Runs a built program on an embedded AWS of its own.
 * @param script relative to dist/tools
 * @param shown whether people see what it prints meanwhile
 * @returns the JSON that it printed last
 * @throws ProgramFailed
 */
export async function onEmbeddedAws<Result>(
  root: string,
  script: string,
  { shown = false } = {},
): Promise<Result> {
  const tools = join(root, 'dist/tools');
  const args = ['exec', '--', process.execPath, join(tools, script)];
  const output = await runProgram(process.execPath, [join(tools, 'local-cloud/main.js'), ...args], {
    cwd: root,
    timeoutMs: limitMs,
    ...(shown ? { onLine: showProgress } : {}),
  });
  return JSON.parse(output.split('\n').at(-1) ?? '') as Result;
}

const showProgress = (line: string, stream: 'stdout' | 'stderr') => {
  if (stream === 'stderr') process.stderr.write(`${line}\n`);
};
