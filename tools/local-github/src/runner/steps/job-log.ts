import type { Annotation } from '../../contract';

const command = /^::(?<name>[a-z-]+)(?: (?<properties>[^:]*))?::(?<text>.*)$/;

/** What a job prints: commands are obeyed, secrets are masked, the rest is kept. */
export interface JobLog {
  readonly annotations: readonly Annotation[];
  text(): string;
  print(line: string): void;
  mask(value: string): void;
  /** A text without secrets, for any reader. */
  masked(text: string): string;
}

/** @param onLine called with each line, masked */
export function jobLog(onLine: (line: string) => void = () => undefined): JobLog {
  const secrets = new Set<string>();
  const annotations: Annotation[] = [];
  const lines: string[] = [];
  const masked = (text: string) => {
    let safe = text;
    for (const secret of secrets) safe = safe.replaceAll(secret, '***');
    return safe;
  };
  const mask = (value: string) => {
    // The runner masks each line of a secret of many lines.
    for (const line of value.split('\n')) if (line.trim()) secrets.add(line);
  };
  return {
    annotations,
    masked,
    mask,
    text: () => lines.join('\n'),
    print(line) {
      const { name, text = '' } = command.exec(line)?.groups ?? {};
      if (name === 'add-mask') return mask(unescape(text));
      if (name === 'error' || name === 'warning' || name === 'notice')
        annotations.push({ level: name, message: masked(unescape(text)) });
      const shown = masked(line);
      lines.push(shown);
      onLine(shown);
    },
  };
}

function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
