import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { capacityMeter, type CapacityUnits } from './capacity-meter';
import { DynamoError } from './dynamo-error';
import { execute } from './operations';
import { tables } from './tables';

export interface StubDynamo {
  /** For a client's `endpoint` or AWS_ENDPOINT_URL_DYNAMODB, of this process or another one. */
  readonly endpoint: string;
  /** What was used since the start or the last reset, by DynamoDB's own rules. */
  units(): CapacityUnits;
  /** Forgets all items and units. */
  reset(): void;
  /** Sets the units back and keeps the items. */
  resetUnits(): void;
  close(): Promise<void>;
}

/**
 * A DynamoDB in memory on loopback, with no delay, that counts capacity units, which emulators do
 * not. Every table has the keys `pk` and `sk` (strings) and exists as soon as it is named; items,
 * pages and transactions have DynamoDB's limits. What it does not support (secondary indexes,
 * nested paths, batches) it refuses. It checks no signature.
 */
export async function stubDynamo(): Promise<StubDynamo> {
  const stored = tables();
  const meter = capacityMeter();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const operation = String(request.headers['x-amz-target']).replace(/^DynamoDB_\d+\./, '');
    const { status, body } = await json(request)
      .then((input) => ({ status: 200, body: execute(stored, meter, operation, input) }))
      .catch(failure);
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(body));
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    units: meter.units,
    resetUnits: meter.reset,
    reset: () => {
      stored.clear();
      meter.reset();
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function failure(error: unknown): { status: number; body: object } {
  if (error instanceof DynamoError)
    return { status: 400, body: { __type: error.name, message: error.message, ...error.details } };
  return { status: 500, body: { __type: 'InternalServerError', message: String(error) } };
}
