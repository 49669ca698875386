import type { ServiceState } from './state';

/** How many tasks a service has, by what they are to it. */
export interface Tally {
  readonly all: number;
  /** Of the primary deployment, not stopping; the ready ones among them. */
  readonly own: number;
  readonly ownReady: number;
  /** Of older deployments, not stopping. */
  readonly older: number;
  readonly stopping: number;
  /** Of any older deployment, stopping or not. */
  readonly notOwn: number;
}

export function tallyOf({ tasks, deployments: [primary] }: ServiceState): Tally {
  const own = tasks.filter((task) => task.deploymentId === primary?.id);
  const ownStaying = own.filter((task) => task.phase !== 'stopping');
  const stopping = tasks.filter((task) => task.phase === 'stopping').length;
  return {
    all: tasks.length,
    own: ownStaying.length,
    ownReady: ownStaying.filter((task) => task.ready).length,
    older: tasks.length - stopping - ownStaying.length,
    stopping,
    notOwn: tasks.length - own.length,
  };
}
