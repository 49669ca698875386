import pc from 'picocolors';

const colours: Readonly<Record<string, (text: string) => string>> = {
  warn: pc.yellow,
  error: pc.red,
  fatal: pc.red,
};

/** A line of the API's JSON log for a person: time, level, message, then the rest as name=value. */
export function prettyLine(line: string): string {
  const entry = parsed(line);
  if (!entry) return line;
  const colour = colours[String(entry['level'])] ?? pc.cyan;
  const details = Object.entries(entry)
    .filter(([name]) => !['time', 'level', 'message', 'service'].includes(name))
    .map(([name, value]) => `${pc.dim(`${name}=`)}${text(value)}`);
  const clock = pc.dim(String(entry['time']).slice(11, 23));
  const level = colour(String(entry['level']).padEnd(5));
  return [clock, level, String(entry['message']), ...details].join(' ');
}

/** Whether the API reports by this line that it listens. */
export function isReady(line: string): boolean {
  return parsed(line)?.['message'] === 'ready';
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** An error's stack has lines of its own. */
function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { stack, ...others } = value as { stack?: unknown };
  return typeof stack === 'string' ? `${JSON.stringify(others)}\n${stack}` : JSON.stringify(value);
}
