import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '@clarity/host';
import type { LoadBalancerRow } from '../contract';
import type { ElbDirectory, LoadBalancerSetup } from './elb-directory';
import { groupsOf, type Listener } from './rules/listener';
import { isBalancerFailure, isTargetFailure, type RequestOver } from './routing/request-over';
import { routeRequest } from './routing/route-request';
import type { TargetTable } from './targets/target-table';

/** A load balancer as it listens on loopback. */
export interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  /** Leads to its first listener: HTTPS, served as plain HTTP, if it has one. */
  readonly url: string;
  /** Its listeners or their rules have changed: requests from now on go by what they are then. */
  setupChanged(): Promise<void>;
  /** Where its rules may send requests. */
  targetGroupArns(): readonly string[];
  report(): LoadBalancerRow;
  close(): Promise<void>;
}

export interface BalancerOptions {
  readonly setup: LoadBalancerSetup;
  readonly table: TargetTable;
  readonly directory: ElbDirectory;
  /** Of its first listener; the others, and 0, let the system choose. */
  readonly port: number;
  readonly onRequestOver: (request: RequestOver) => void;
}

/** Opens an ALB: a port of loopback for each of its listeners. */
export async function openBalancer(options: BalancerOptions): Promise<Balancer> {
  const { table, directory, onRequestOver } = options;
  const { arn, dnsName } = options.setup;
  const counts = { requests: 0, failures: 0, targetFailures: 0 };
  let turn = 0;
  let { listeners } = options.setup;
  let fresh: Promise<void> = Promise.resolve();
  const others = new Map<string, { readonly server: Server; readonly url: string }>();

  const urlOfListener = (listener: Listener) =>
    listener === listeners[0] ? url : others.get(listener.arn)?.url;
  const urlOf = (protocol: string, at: number) => {
    const found = listeners.find(
      (each) => each.port === at && each.protocol.toLowerCase() === protocol,
    );
    return found && urlOfListener(found);
  };
  const serve = (listenerNow: () => Listener | undefined): Server => {
    const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const arrivedAt = Date.now();
      counts.requests += 1;
      turn += 1;
      await fresh;
      const routing = { listener: listenerNow(), table, turn, urlOf };
      const over = await routeRequest(incoming, outgoing, routing);
      if (isBalancerFailure(over.outcome)) counts.failures += 1;
      if (isTargetFailure(over.outcome)) counts.targetFailures += 1;
      onRequestOver({ loadBalancerArn: arn, arrivedAt, ...over });
    };
    const server = createServer((incoming, outgoing) => {
      handle(incoming, outgoing).catch(() => outgoing.destroy());
    });
    // ALB keeps client connections for 60 s; a client's pool must not find them closed before.
    server.keepAliveTimeout = 60_000;
    return server;
  };
  const openOthers = async () => {
    for (const listener of listeners.slice(1)) {
      if (others.has(listener.arn)) continue;
      const server = serve(() => listeners.find((each) => each.arn === listener.arn));
      others.set(listener.arn, { server, url: await listen(server, 0) });
    }
    for (const [listenerArn, { server }] of others) {
      if (listeners.slice(1).some((each) => each.arn === listenerArn)) continue;
      others.delete(listenerArn);
      await closed(server);
    }
  };

  const first = serve(() => listeners[0]);
  const url = await listen(first, options.port);
  await openOthers();
  return {
    arn,
    dnsName,
    url,
    setupChanged: () => {
      const read = async () => {
        listeners = (await directory.loadBalancer(arn))?.listeners ?? listeners;
        await openOthers();
      };
      // One after the other; where moto does not answer, what was known last still holds.
      fresh = fresh.then(read).catch(() => {});
      return fresh;
    },
    targetGroupArns: () => [...new Set(listeners.flatMap(groupsOf))],
    report: () => ({
      arn,
      dnsName,
      url,
      ...counts,
      listeners: listeners.map((listener) => ({
        port: listener.port,
        protocol: listener.protocol,
        url: urlOfListener(listener) ?? '',
        rules: listener.rules.length,
      })),
      targets: [...new Set(listeners.flatMap(groupsOf))]
        .flatMap((group) => table.targets(group))
        .map(({ targetGroupArn, taskId, port, state, inFlight, requests, failures }) => ({
          targetGroupArn,
          taskId,
          port,
          state,
          inFlight,
          requests,
          failures,
        })),
    }),
    close: async () => {
      await Promise.all([first, ...[...others.values()].map(({ server }) => server)].map(closed));
    },
  };
}

const listen = async (server: Server, port: number): Promise<string> =>
  `http://127.0.0.1:${await listenOnLoopback(server, port)}`;

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
