import type { ProcessGuard } from '@clarity/host';
import type { CloudClock } from '../../clock/faster-clock';
import { dockerRuntime } from './docker-runtime';
import { processRuntime } from './process-runtime';
import type { TaskRuntime } from './task-runtime';

/** What the containers of a task run as: processes from the image store, or containers of Docker. */
export const runtimeKinds = ['process', 'docker'] as const;
export type RuntimeKind = (typeof runtimeKinds)[number];

export interface RuntimeParts {
  readonly imageStore: string;
  readonly guard: ProcessGuard;
  readonly clock: CloudClock;
}

export function chooseRuntime(
  kind: RuntimeKind,
  { imageStore, guard, clock }: RuntimeParts,
): TaskRuntime {
  return kind === 'docker'
    ? dockerRuntime({ guard, clock })
    : processRuntime({ imageStore, guard, clock });
}
