import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { DomainError } from '../errors';
import type { Job, JobQueue } from '../ports/messages';
import { faults, type FaultInjection } from './fault-injection';

export interface JobQueueOptions {
  /** Seconds that a received job stays hidden. */
  readonly visibilitySeconds?: number;
  /** Receives after which a job goes to the dead letters instead of coming again. */
  readonly maxDeliveries?: number;
  /** Epoch milliseconds, for visibility; a long poll ends by the real clock. */
  readonly now?: () => number;
  /** Takes a job that goes to the dead letters. */
  readonly bury?: (body: string) => void;
}

export interface InMemoryJobQueue extends JobQueue, FaultInjection {
  /** As `enqueue`, at once. */
  send(body: string): void;
  /** Jobs neither completed nor dead, hidden or not. */
  readonly pending: readonly string[];
  readonly deadLetters: readonly string[];
}

interface Message {
  readonly body: string;
  readonly messageId: string;
  deliveries: number;
  visibleAt: number;
  receipt?: string;
}

export function inMemoryJobQueue(options: JobQueueOptions = {}): InMemoryJobQueue {
  const { visibilitySeconds = 120, maxDeliveries = 5, now = Date.now, bury } = options;
  const { check, failNext, slowDown } = faults('job queue');
  const changed = new EventEmitter().setMaxListeners(0);
  const deadLetters: string[] = [];
  let messages: Message[] = [];

  const held = (receipt: string): Message => {
    const message = messages.find((each) => each.receipt === receipt && each.visibleAt > now());
    if (!message) throw new DomainError('conflict', 'The job is no longer held by this receipt.');
    return message;
  };
  const hide = (message: Message, seconds: number): void => {
    message.visibleAt = now() + seconds * 1000;
    changed.emit('change');
  };
  const send = (body: string, delaySeconds = 0): void => {
    const visibleAt = now() + delaySeconds * 1000;
    messages.push({ body, messageId: randomUUID(), deliveries: 0, visibleAt });
    changed.emit('change');
  };
  const take = (max: number): Job[] => {
    const visible = messages.filter(({ visibleAt }) => visibleAt <= now());
    const dead = visible.filter(({ deliveries }) => deliveries >= maxDeliveries);
    for (const { body } of dead) {
      deadLetters.push(body);
      bury?.(body);
    }
    messages = messages.filter((message) => !dead.includes(message));
    return visible
      .filter((message) => !dead.includes(message))
      .slice(0, max)
      .map((message) => {
        message.deliveries++;
        message.receipt = randomUUID();
        message.visibleAt = now() + visibilitySeconds * 1000;
        const { body, messageId, receipt, deliveries } = message;
        return { body, messageId, receipt, deliveries };
      });
  };

  return {
    failNext,
    slowDown,
    deadLetters,
    get pending() {
      return messages.map(({ body }) => body);
    },
    send,
    async enqueue(body, { delaySeconds, ...options }) {
      await check(options);
      send(body, delaySeconds);
    },

    async receive({ max, waitSeconds, signal }) {
      await check();
      const deadline = performance.now() + waitSeconds * 1000;
      for (;;) {
        if (signal?.aborted) return [];
        const jobs = take(max);
        const left = deadline - performance.now();
        if (jobs.length > 0 || left <= 0) return jobs;
        const untilVisible = messages.map(({ visibleAt }) => visibleAt - now());
        await changeWithin(changed, Math.min(left, ...untilVisible), signal);
      }
    },
    async extend(receipt, seconds, options) {
      await check(options);
      hide(held(receipt), seconds);
    },
    async complete(receipt) {
      await check();
      messages = messages.filter((message) => message.receipt !== receipt);
    },
    async abandon(receipt, options) {
      await check(options);
      hide(held(receipt), 0);
    },
  };
}

/** Resolves at the next change, after `milliseconds`, or when `signal` aborts. */
async function changeWithin(
  changed: EventEmitter,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, Math.max(1, milliseconds));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await once(changed, 'change', { signal: stop.signal });
  } catch {
    // Only the timeout and the caller's signal abort the wait; both end it normally.
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
