import { median } from '../side-by-side';
import type { RunningContender } from './contender';
import { sendAll, type Request } from './send-all';

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
  /** Of the server, per request. */
  readonly cpuMs: number;
}

const connections = 8;

/**
 * Sends the requests of each round to every entrant in turns, after a round that warms up.
 * @param requestsOf of a round; -1 is the one that does not count
 * @returns medians over the rounds, in the order of the entrants
 */
export async function measure(
  entrants: readonly Entrant[],
  rounds: number,
  requestsOf: (round: number, entrant: Entrant) => readonly Request[],
): Promise<readonly Figures[]> {
  const samples = entrants.map(() => ({ rate: [] as number[], cpu: [] as number[] }));
  for (let round = -1; round < rounds; round++)
    for (const [n, entrant] of entrants.entries()) {
      const requests = requestsOf(round, entrant);
      const cpuBefore = await entrant.server.cpuMs();
      const seconds = await sendAll(entrant.server.port, requests, connections);
      const cpuMs = (await entrant.server.cpuMs()) - cpuBefore;
      if (round < 0) continue;
      samples[n]?.rate.push(requests.length / seconds);
      samples[n]?.cpu.push(cpuMs / requests.length);
    }
  return entrants.map(({ name }, n) => ({
    name,
    requestsPerSecond: median(samples[n]?.rate ?? []),
    cpuMs: median(samples[n]?.cpu ?? []),
  }));
}
