import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JobLine, WorkflowRun } from '../src/contract';
import { GitHubEnded, WorkflowNotRun } from './errors';

/** What a running event answers with, one JSON object per line. */
type RunLine = JobLine | { readonly runs: readonly WorkflowRun[] } | { readonly error: string };

/**
 * Reads the answer of an event until its workflows have ended.
 * @throws WorkflowNotRun
 * @throws GitHubEnded
 * @throws the reason for which the request was aborted
 */
export async function followRun(
  { body }: Response,
  log: string | undefined,
  onLine?: (line: JobLine) => void,
): Promise<readonly WorkflowRun[]> {
  if (!body) throw new GitHubEnded();
  const file = log === undefined ? undefined : await openLog(log);
  try {
    for await (const text of linesOf(body)) {
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

/**
 * The lines of a body, as they arrive. node:readline would do, but since Node 24 it emits an error of its input
 * as its own, also if nobody listens.
 */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

async function openLog(path: string): Promise<WriteStream> {
  await mkdir(dirname(path), { recursive: true });
  return createWriteStream(path, { flags: 'a' });
}
