import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { WorkflowRun } from '../src/contract';

export interface JobLine {
  readonly job: string;
  readonly line: string;
}

/** What a running event answers with, one JSON object per line. */
type RunLine = JobLine | { readonly runs: readonly WorkflowRun[] } | { readonly error: string };

/**
 * Reads the answer of an event until its workflows have ended.
 * @throws Error if a workflow could not be run, or the embedded GitHub ended
 */
export async function followRun(
  { body }: Response,
  log: string | undefined,
  onLine?: (line: JobLine) => void,
): Promise<readonly WorkflowRun[]> {
  if (!body) throw new Error('The event was answered with nothing.');
  const file = log === undefined ? undefined : await openLog(log);
  try {
    for await (const text of createInterface({ input: Readable.fromWeb(body) })) {
      if (text === '') continue;
      const line = JSON.parse(text) as RunLine;
      if ('runs' in line) return line.runs;
      if ('error' in line) throw new Error(line.error);
      file?.write(`${line.job} | ${line.line}\n`);
      onLine?.(line);
    }
    throw new Error('The embedded GitHub ended before the workflows did.');
  } finally {
    file?.end();
  }
}

async function openLog(path: string): Promise<WriteStream> {
  await mkdir(dirname(path), { recursive: true });
  return createWriteStream(path, { flags: 'a' });
}
