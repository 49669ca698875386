import { setTimeout as sleep } from 'node:timers/promises';
import { brokenReleaseHeader } from '../releases/release-variants';

export interface TrafficCounts {
  readonly requests: number;
  /** Answered with 5xx, or not at all. */
  readonly failed: number;
  /** 5xx that a broken release itself answered before its alarm; not counted as failed. */
  readonly answeredByBrokenRelease: number;
  /** The first few failures, in words. */
  readonly examples: readonly string[];
}

export interface Traffic {
  counts(): TrafficCounts;
  stop(): Promise<TrafficCounts>;
}

const clients = 3;
const pauseMs = 120;
/** The load ends by itself, however the rehearsal ends. */
const mostRequests = 120_000;
const mostExamples = 5;

/**
 * A steady, limited load: a few clients, each of which asks again a moment after its answer.
 * @param ask makes one request
 */
export function startTraffic(ask: () => Promise<Response>): Traffic {
  const stopping = new AbortController();
  const examples: string[] = [];
  let [requests, failed, answeredByBrokenRelease] = [0, 0, 0];
  const fail = (what: string) => {
    failed++;
    if (examples.length < mostExamples) examples.push(`${new Date().toISOString()} ${what}`);
  };
  const once = async () => {
    requests++;
    try {
      const response = await ask();
      await response.arrayBuffer();
      if (response.status < 500) return;
      if (response.headers.has(brokenReleaseHeader)) answeredByBrokenRelease++;
      else fail(`answered ${response.status}`);
    } catch (error) {
      const { message, cause } = error as Error;
      fail(`not answered: ${cause instanceof Error ? cause.message : message}`);
    }
  };
  const client = async () => {
    while (!stopping.signal.aborted && requests < mostRequests) {
      await once();
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = Promise.all(Array.from({ length: clients }, client));
  const counts = () => ({ requests, failed, answeredByBrokenRelease, examples });
  return {
    counts,
    async stop() {
      stopping.abort();
      await running;
      return counts();
    },
  };
}
