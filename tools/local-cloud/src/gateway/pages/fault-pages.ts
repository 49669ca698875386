import type { IncomingMessage } from 'node:http';
import { ValidationError } from '@clarity/schema';
import { parseFault, type FaultList } from '../faults/fault';
import { readBody } from '../http/read-body';

/** What `/_local/faults` does to the cloud. */
export interface FaultTargets {
  readonly faults: FaultList;
  /** Stops listening for so long; called once the answer is on its way. */
  readonly goDown: (ms: number) => void;
}

export interface FaultAnswer {
  readonly status: number;
  readonly page: unknown;
  /** To be done once the answer has been sent. */
  readonly afterwards?: () => void;
}

/** GET lists the faults that are still to come, POST adds one, DELETE clears them. */
export async function answerFaults(
  incoming: IncomingMessage,
  { faults, goDown }: FaultTargets,
): Promise<FaultAnswer> {
  switch (incoming.method) {
    case 'GET':
      return { status: 200, page: faults.list() };
    case 'DELETE':
      faults.clear();
      return { status: 200, page: [] };
    case 'POST':
      try {
        const order = parseFault((await readBody(incoming)).toString());
        if ('frontDownMs' in order)
          return { status: 200, page: order, afterwards: () => goDown(order.frontDownMs) };
        if ('latencyMs' in order) faults.latencyMs = order.latencyMs;
        else faults.add(order);
        return { status: 200, page: faults.list() };
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        return { status: 400, page: { message: error.message, fields: error.fields } };
      }
    default:
      return { status: 405, page: { message: 'GET, POST or DELETE' } };
  }
}
