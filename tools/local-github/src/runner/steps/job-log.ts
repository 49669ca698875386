import type { Annotation } from '../../contract';

/** What a job prints: commands are obeyed, secrets are masked, the rest is kept. */
export interface JobLog {
  readonly annotations: readonly Annotation[];
  text(): string;
  print(line: string): void;
  mask(value: string): void;
  /** A text without secrets, for any reader. */
  masked(text: string): string;
  /** The first command in the output that this runner does not support. */
  unsupportedCommand(): string | undefined;
}

// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
const current = /^\s*::(?<name>[a-z-]+)(?: [^:]*)?::(?<text>.*)$/i;
const old = /##\[(?<name>[a-z-]+)(?: [^\]]*)?\](?<text>.*)$/i;

const unsupported = [
  'add-matcher',
  'add-path',
  'echo',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
];

/** @param onLine called with each line, masked */
export function jobLog(onLine: (line: string) => void = () => undefined): JobLog {
  const secrets = new Set<string>();
  const annotations: Annotation[] = [];
  const lines: string[] = [];
  let stoppedBy: string | undefined;
  let refused: string | undefined;
  const masked = (text: string) => {
    let safe = text;
    for (const secret of secrets) safe = safe.replaceAll(secret, '***');
    return safe;
  };
  const mask = (value: string) => {
    // The runner masks each line of a secret of many lines.
    for (const line of value.split('\n')) if (line.trim()) secrets.add(line);
  };
  const show = (line: string) => {
    const shown = masked(line);
    lines.push(shown);
    onLine(shown);
  };
  return {
    annotations,
    masked,
    mask,
    unsupportedCommand: () => refused,
    text: () => lines.join('\n'),
    print(line) {
      if (stoppedBy !== undefined) {
        if (line.trim().toLowerCase() === `::${stoppedBy}::`) stoppedBy = undefined;
        return show(line);
      }
      const groups = (current.exec(line) ?? old.exec(line))?.groups ?? {};
      const { text = '' } = groups;
      const name = groups['name']?.toLowerCase();
      if (name === 'stop-commands') stoppedBy = text.toLowerCase();
      if (name && unsupported.includes(name)) refused ??= name;
      if (name === 'add-mask') return mask(unescape(text));
      if (name === 'debug') return;
      if (name === 'error' || name === 'warning' || name === 'notice')
        annotations.push({ level: name, message: masked(unescape(text)) });
      show(line);
    },
  };
}

function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
