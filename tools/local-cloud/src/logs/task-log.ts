import { createWriteStream } from 'node:fs';

/** The file a task's output goes to. Losing a line never stops a task. */
export interface TaskLog {
  write(line: string): void;
  close(): void;
}

export function openTaskLog(path: string): TaskLog {
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', () => {});
  return {
    write: (line) => void stream.write(`${line}\n`),
    close: () => void stream.end(),
  };
}
