import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { JobLine, WorkflowRun } from '../src/contract';
import { GitHubEnded, WorkflowNotRun } from './errors';

/** What a running event answers with, one JSON object per line. */
type RunLine = JobLine | { readonly runs: readonly WorkflowRun[] } | { readonly error: string };

/**
 * Reads the answer of an event until its workflows have ended.
 * @throws WorkflowNotRun
 * @throws GitHubEnded
 */
export async function followRun(
  { body }: Response,
  log: string | undefined,
  onLine?: (line: JobLine) => void,
): Promise<readonly WorkflowRun[]> {
  if (!body) throw new GitHubEnded();
  const file = log === undefined ? undefined : await openLog(log);
  try {
    for await (const text of createInterface({ input: Readable.fromWeb(body) })) {
      if (text === '') continue;
      const line = JSON.parse(text) as RunLine;
      if ('runs' in line) return line.runs;
      if ('error' in line) throw new WorkflowNotRun(line.error);
      file?.write(`${line.job} | ${line.line}\n`);
      onLine?.(line);
    }
    throw new GitHubEnded();
  } finally {
    file?.end();
  }
}

async function openLog(path: string): Promise<WriteStream> {
  await mkdir(dirname(path), { recursive: true });
  return createWriteStream(path, { flags: 'a' });
}
