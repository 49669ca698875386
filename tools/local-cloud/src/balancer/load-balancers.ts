import type { LoadBalancerRow } from '../contract';
import { openBalancer, type Balancer } from './balancer';
import type { ElbDirectory } from './elb-directory';
import type { RequestOver } from './routing/request-over';
import type { TargetTable } from './targets/target-table';

/** Every load balancer that routes to one of our services. */
export interface LoadBalancers {
  /** Opens the load balancers of a target group that are not open yet, and closes deleted ones. */
  openFor(targetGroupArn: string): Promise<void>;
  /** Somebody changed listeners, rules or load balancers. */
  setupChanged(): void;
  /** Which load balancer routes to which target group. */
  routes(): readonly { readonly loadBalancerArn: string; readonly targetGroupArn: string }[];
  reports(): readonly LoadBalancerRow[];
  close(): Promise<void>;
}

export interface LoadBalancersOptions {
  readonly table: TargetTable;
  readonly directory: ElbDirectory;
  /** The port of the first load balancer; 0 lets the system choose. */
  readonly firstPort: number;
  readonly onOpen: (balancer: Balancer) => void;
  readonly onRequestOver: (request: RequestOver) => void;
}

export function loadBalancers(options: LoadBalancersOptions): LoadBalancers {
  const { table, directory, firstPort, onOpen, onRequestOver } = options;
  const balancers = new Map<string, Balancer>();
  // One at a time: two services that start together may share a load balancer.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (action: () => Promise<void>) => {
    const done = turn.then(action);
    turn = done.catch(() => {});
    return done;
  };

  const open = async (arn: string) => {
    if (balancers.has(arn)) return;
    const setup = await directory.loadBalancer(arn);
    if (!setup) return;
    const port = balancers.size === 0 ? firstPort : 0;
    const balancer = await openBalancer({ setup, table, directory, port, onRequestOver });
    balancers.set(arn, balancer);
    onOpen(balancer);
  };
  const closeDeleted = async () => {
    for (const [arn, balancer] of balancers)
      if (!(await directory.loadBalancer(arn))) {
        balancers.delete(arn);
        await balancer.close();
      }
  };
  return {
    openFor: (targetGroupArn) =>
      inTurn(async () => {
        await closeDeleted();
        const group = await directory.targetGroup(targetGroupArn);
        for (const arn of group?.loadBalancerArns ?? []) await open(arn);
      }),
    setupChanged: () => {
      for (const balancer of balancers.values()) void balancer.setupChanged();
      // A load balancer that cannot be looked up now is closed another time.
      inTurn(closeDeleted).catch(() => {});
    },
    routes: () =>
      [...balancers.values()].flatMap((balancer) =>
        balancer
          .targetGroupArns()
          .map((targetGroupArn) => ({ loadBalancerArn: balancer.arn, targetGroupArn })),
      ),
    reports: () => [...balancers.values()].map((balancer) => balancer.report()),
    close: async () => {
      await Promise.all([...balancers.values()].map((balancer) => balancer.close()));
    },
  };
}
