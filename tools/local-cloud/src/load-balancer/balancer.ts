import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../listen-on-loopback';
import { answerFor, forwardRequest } from './forward-request';
import type { ElbDirectory, LoadBalancerSetup } from './elb-directory';
import type { Target, TargetTable } from './target-table';

/** A load balancer as it listens on loopback. */
export interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly url: string;
  report(): BalancerReport;
  close(): Promise<void>;
}

export interface BalancerReport {
  readonly arn: string;
  readonly dnsName: string;
  readonly url: string;
  readonly targets: readonly {
    readonly taskId: string;
    readonly port: number;
    readonly state: string;
    readonly inFlight: number;
    readonly requests: number;
    readonly failures: number;
  }[];
  readonly requests: number;
  /** Answers with a 5xx that the load balancer gave in place of a target. */
  readonly failures: number;
  /** Answers with a 5xx that a target gave itself. */
  readonly targetFailures: number;
}

/** How long a load balancer goes by the listeners it has read. */
const setupLastsMs = 2_000;

/** Opens a listener for an ALB. HTTPS listeners are served as plain HTTP: this is loopback. */
export async function openBalancer(
  setup: LoadBalancerSetup,
  table: TargetTable,
  directory: ElbDirectory,
  port: number,
): Promise<Balancer> {
  let current = setup;
  let readAt = Date.now();
  let turn = 0;
  const counts = { requests: 0, failures: 0, targetFailures: 0 };

  const refresh = async () => {
    readAt = Date.now();
    current = (await directory.loadBalancer(setup.arn).catch(() => undefined)) ?? current;
  };
  const nextTarget = (): Target | undefined => {
    const healthy = table
      .targets(current.targetGroupArn ?? '')
      .filter((target) => target.state === 'healthy');
    turn += 1;
    return healthy[turn % healthy.length];
  };
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    counts.requests += 1;
    if (Date.now() - readAt > setupLastsMs) void refresh();
    const target = nextTarget();
    if (!target) {
      counts.failures += 1;
      incoming.resume();
      answerFor(outgoing, 503);
      return;
    }
    const close = table.open(target);
    const outcome = await forwardRequest(incoming, outgoing, target).finally(close);
    if (outcome.by === 'load-balancer') counts.failures += 1;
    if (outcome.by === 'target' && outcome.status >= 500) {
      counts.targetFailures += 1;
      target.failures += 1;
    }
  };

  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  // ALB keeps client connections for 60 s; a client's pool must not find them closed before.
  server.keepAliveTimeout = 60_000;
  const url = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  return {
    arn: setup.arn,
    dnsName: setup.dnsName,
    url,
    report: () => ({
      arn: setup.arn,
      dnsName: setup.dnsName,
      url,
      ...counts,
      targets: table
        .targets(current.targetGroupArn ?? '')
        .map(({ taskId, port: at, state, inFlight, requests, failures }) => ({
          taskId,
          port: at,
          state,
          inFlight,
          requests,
          failures,
        })),
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
