import type { AnalysisRequested } from '../analysis-documents';
import type { CallOptions } from './call-options';

/** Every event of the topic; more join as their features do. */
export type HealthEvent = AnalysisRequested;

/** Publishes events; subscribers choose by the event's `type`. */
export interface MessageBus {
  /** @throws DomainError `unavailable` */
  publish(event: HealthEvent, options?: CallOptions): Promise<void>;
}

export interface Job {
  /** The message as sent: parse it, it comes from outside. */
  readonly body: string;
  /** Redelivered messages keep it. */
  readonly messageId: string;
  /** Names this delivery to `extend`, `complete` and `abandon`. */
  readonly receipt: string;
  /** 1 on the first delivery. */
  readonly deliveries: number;
}

/** A queue with visibility timeout and dead-letter queue: a job not completed in time comes again. */
export interface JobQueue {
  /** Sends a job. @param delaySeconds until it can be received, at most 900 */
  enqueue(body: string, options: { delaySeconds: number } & CallOptions): Promise<void>;
  /** Long poll; empty after `waitSeconds`, or at once when `signal` aborts. @param max 1 to 10 */
  receive(options: {
    max: number;
    waitSeconds: number;
    signal?: AbortSignal;
  }): Promise<readonly Job[]>;
  /** Keeps a job hidden for `seconds` from now. @throws DomainError `conflict` if another worker has it */
  extend(receipt: string, seconds: number, options?: CallOptions): Promise<void>;
  /** Removes a job for good; may be repeated. */
  complete(receipt: string): Promise<void>;
  /** Gives a job back at once, for another worker. @throws DomainError `conflict` if another worker has it */
  abandon(receipt: string, options?: CallOptions): Promise<void>;
}
