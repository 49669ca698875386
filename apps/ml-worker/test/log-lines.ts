import { createLogger } from '@clarity/telemetry';

/** A logger, what it logged, and a promise for the next line with a message. */
export function listening() {
  const waiting = new Map<string, () => void>();
  const lines: Record<string, unknown>[] = [];
  const log = createLogger('ml-worker', 'info', {
    write(text: string) {
      const line = JSON.parse(text) as Record<string, unknown>;
      lines.push(line);
      waiting.get(String(line['message']))?.();
    },
  });
  const said = (message: string) =>
    new Promise<void>((resolve) => waiting.set(message, () => resolve()));
  return { log, said, lines };
}
