import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The thread did not answer in time: what it computes with hangs, and nothing frees it. */
export class ModelStalled extends Error {
  constructor(limitMs: number) {
    super(`The model did not answer within ${limitMs / 1000} s.`);
    this.name = 'ModelStalled';
  }
}

/** What a thread posts: an answer, or why there is none. */
interface Posted {
  readonly answer?: unknown;
  readonly failure?: string;
}

/** A thread that posts one answer for each question, in order. Ask it one question at a time. */
export interface AnsweringThread {
  /**
   * The answer to a question; without one, to the thread's start.
   * @throws ModelStalled after `limitMs`, and for every later question; Error if the thread failed or has ended
   */
  ask(limitMs: number, question?: object): Promise<unknown>;
  /**
   * Resolves when the thread has ended: for one that stalled, when its native code returns, if ever. A
   * process that exits before that is aborted by the native code, so it has to be killed.
   */
  end(): Promise<void>;
}

/** @param file next to this one; in a bundle, next to the bundle */
export function startThread(file: string, workerData: object): AnsweringThread {
  const thread = new Worker(join(__dirname, file), { workerData });
  const exited = once(thread, 'exit').catch(() => undefined);
  let settle: (error: Error | undefined, answer?: unknown) => void = () => {};
  let ended: Error | undefined;
  const fail = (reason: Error) => {
    ended ??= reason;
    settle(ended);
  };
  thread.on('message', ({ failure, answer }: Posted) =>
    settle(failure === undefined ? undefined : new Error(failure), answer),
  );
  thread.on('error', fail);
  thread.on('exit', (code) => fail(new Error(`The thread of the model ended with ${code}.`)));
  return {
    ask: (limitMs, question) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const limit = setTimeout(() => fail(new ModelStalled(limitMs)), limitMs);
        settle = (error, answer) => {
          clearTimeout(limit);
          if (error === undefined) resolve(answer);
          else reject(error);
        };
        if (question !== undefined) thread.postMessage(question);
      }),
    async end() {
      // Not `terminate`: a thread that is in native code then takes the process along.
      thread.postMessage('end');
      await exited;
    },
  };
}
