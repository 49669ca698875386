import { createWriteStream } from 'node:fs';

/** A file that lines are appended to. Losing a line never stops what writes it. */
export interface LogFile {
  write(line: string): void;
  close(): void;
}

export function openLog(path: string): LogFile {
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', () => {});
  return {
    write: (line) => void stream.write(`${line}\n`),
    close: () => void stream.end(),
  };
}
