import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import { execCommand } from '@clarity/local-cloud/client';

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
  const [program, ...args] = execCommand(root, [
    process.execPath,
    join(root, 'dist/tools', script),
  ]);
  const output = await runProgram(program, args, {
    cwd: root,
    timeoutMs: limitMs,
    ...(shown ? { onLine: showProgress } : {}),
  });
  return JSON.parse(output.split('\n').at(-1) ?? '') as Result;
}

const showProgress = (line: string, stream: 'stdout' | 'stderr') => {
  if (stream === 'stderr') process.stderr.write(`${line}\n`);
};
