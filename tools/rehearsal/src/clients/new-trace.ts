import { randomBytes } from 'node:crypto';

/** A trace that a client begins. */
export interface NewTrace {
  /** As X-Ray has it. */
  readonly id: string;
  /** The header of its first request: https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent: string;
}

/** @param now the id of an X-Ray trace begins with the time */
export function newTrace(now: Date): NewTrace {
  const time = Math.floor(now.getTime() / 1_000)
    .toString(16)
    .padStart(8, '0');
  const id = randomBytes(12).toString('hex');
  const span = randomBytes(8).toString('hex');
  return { id: `1-${time}-${id}`, traceparent: `00-${time}${id}-${span}-01` };
}
