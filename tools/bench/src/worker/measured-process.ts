import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that answers a message with a message. */
export interface MeasuredProcess {
  /** What it sent when it was ready. */
  readonly greeting: unknown;
  /** @throws Error if it ends instead */
  ask(question: object): Promise<unknown>;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/**
 * @param script next to this one
 * @param what names it in errors
 * @throws Error if it does not start: the device is not there
 */
export async function startMeasured(
  script: string,
  args: readonly string[],
  what: string,
): Promise<MeasuredProcess> {
  const child = fork(join(__dirname, script), args);
  const exit = once(child, 'exit');
  const exited = exit.then(() => {
    throw new Error(`${what} ended before it was measured.`);
  });
  // It ends at last, when nobody waits for an answer.
  exited.catch(() => undefined);
  const answer = async () => {
    const [message] = (await Promise.race([once(child, 'message'), exited])) as unknown[];
    return message;
  };
  return {
    greeting: await answer(),
    ask(question) {
      child.send(question);
      return answer();
    },
    signal: (signal) => void child.kill(signal),
    async stop() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
