import { openBalancer, type Balancer, type BalancerReport } from './balancer';
import type { ElbDirectory } from './elb-directory';
import type { TargetTable } from './target-table';

/** Every load balancer that routes to one of our services. */
export interface LoadBalancers {
  /** Opens the load balancers of a target group that are not open yet. */
  openFor(targetGroupArn: string): Promise<void>;
  reports(): readonly BalancerReport[];
  close(): Promise<void>;
}

export interface LoadBalancersOptions {
  readonly table: TargetTable;
  readonly directory: ElbDirectory;
  /** The port of the first load balancer; 0 lets the system choose. */
  readonly firstPort: number;
  readonly onOpen: (balancer: Balancer) => void;
}

export function loadBalancers(options: LoadBalancersOptions): LoadBalancers {
  const { table, directory, onOpen } = options;
  let port = options.firstPort;
  const opened = new Map<string, Promise<Balancer | undefined>>();
  const balancers: Balancer[] = [];

  const open = async (arn: string) => {
    const setup = await directory.loadBalancer(arn);
    if (!setup) return undefined;
    const taken = port;
    port = 0;
    const balancer = await openBalancer(setup, table, directory, taken);
    balancers.push(balancer);
    onOpen(balancer);
    return balancer;
  };
  return {
    openFor: async (targetGroupArn) => {
      const group = await directory.targetGroup(targetGroupArn);
      for (const arn of group?.loadBalancerArns ?? []) {
        if (!opened.has(arn)) opened.set(arn, open(arn));
        await opened.get(arn);
      }
    },
    reports: () => balancers.map((balancer) => balancer.report()),
    close: async () => {
      await Promise.all(balancers.map((balancer) => balancer.close()));
    },
  };
}
