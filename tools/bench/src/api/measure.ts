import { median } from '../side-by-side';
import type { RunningContender } from './contender';
import { keepConnections, sendAll, type Request } from './send-all';

export interface Entrant {
  readonly name: string;
  readonly server: RunningContender;
  /** Absent if it asks for none. */
  readonly writers?: readonly string[];
  readonly reader?: string;
}

export interface Figures {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** Of the server, per request, over all rounds: garbage collection comes in some of them only. */
  readonly cpuMs: number;
}

const connections = 8;

/**
 * Sends the requests of each round to every entrant in turns, there and back, after a round that warms up. All keep
 * their connections.
 * @param requestsOf of a round; -1 is the one that does not count
 * @returns in the order of the entrants; of the requests per second, the median over the rounds
 */
export async function measure(
  entrants: readonly Entrant[],
  rounds: number,
  requestsOf: (round: number, entrant: Entrant) => readonly Request[],
): Promise<readonly Figures[]> {
  const measured = entrants.map((entrant) => ({
    entrant,
    agent: keepConnections(connections),
    rates: [] as number[],
    cpuMs: 0,
    sent: 0,
  }));
  try {
    for (let round = -1; round < rounds; round++)
      for (const each of round % 2 === 0 ? measured : measured.toReversed()) {
        const { server } = each.entrant;
        const requests = requestsOf(round, each.entrant);
        const cpuBefore = await server.cpuMs();
        const seconds = await sendAll(server.port, requests, each.agent);
        const cpuMs = (await server.cpuMs()) - cpuBefore;
        if (round < 0) continue;
        each.rates.push(requests.length / seconds);
        each.cpuMs += cpuMs;
        each.sent += requests.length;
      }
  } finally {
    for (const { agent } of measured) agent.destroy();
  }
  return measured.map(({ entrant, rates, cpuMs, sent }) => ({
    name: entrant.name,
    requestsPerSecond: median(rates),
    cpuMs: cpuMs / sent,
  }));
}
