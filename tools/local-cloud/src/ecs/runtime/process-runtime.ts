import { dirname, delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, type ProcessGroup, type ProcessGuard, startGroup } from '@clarity/host';
import type { CloudClock } from '../../clock/faster-clock';
import { watchContainerHealth } from './container-health-check';
import { commandLine, findImage } from './process-image';
import {
  CannotStartContainer,
  type ContainerSpec,
  type RunningContainer,
  type TaskEvents,
  type TaskRuntime,
} from './task-runtime';

export interface ProcessRuntimeOptions {
  /** The folder of images: `sha256-<digest>/` each. */
  readonly imageStore: string;
  readonly guard: ProcessGuard;
  readonly clock: CloudClock;
}

interface StartedContainer {
  readonly running: RunningContainer;
  stop(): Promise<void>;
}

/**
 * Runs tasks as processes of this machine: an image is a folder, its WORKDIR that folder, and a
 * containerPort becomes a free port of loopback, which the app gets in PORT.
 */
export function processRuntime(options: ProcessRuntimeOptions): TaskRuntime {
  return {
    start: async (spec, events) => {
      const started: StartedContainer[] = [];
      try {
        for (const container of spec.containers)
          started.push(await startContainer(container, events, options));
      } catch (error) {
        await Promise.all(started.map((each) => each.stop()));
        throw error;
      }
      return {
        containers: started.map((each) => each.running),
        stop: async () => {
          await Promise.all(started.map((each) => each.stop()));
        },
      };
    },
  };
}

async function startContainer(
  container: ContainerSpec,
  events: TaskEvents,
  { imageStore, guard, clock }: ProcessRuntimeOptions,
): Promise<StartedContainer> {
  const image = await findImage(imageStore, container.image);
  if (!image) return withoutImage(container, events);

  const hostPorts = new Map<number, number>();
  for (const port of container.containerPorts) hostPorts.set(port, await freePort());
  // Even an app that maps no port may listen on PORT, and two tasks share this machine's loopback.
  const port = hostPorts.values().next().value ?? (await freePort());
  const env = {
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    ...image.environment,
    ...container.environment,
    HOST: '127.0.0.1',
    PORT: String(port),
  };
  const { entryPoint, command } = container;
  const [program = '', ...args] = commandLine(image, {
    ...(entryPoint && { entryPoint }),
    ...(command && { command }),
  });
  const place = { cwd: image.folder, env };
  const child = await startGroup(program, args, {
    ...place,
    stdio: ['ignore', 'pipe', 'pipe'],
    guard,
  }).catch((cause: Error) => {
    const message = `CannotStartContainerError: ${program}: ${cause.message}`;
    throw new CannotStartContainer(message, { cause });
  });
  forwardLines(child, (line) => events.onLine(container.name, line));
  const checks = watchContainerHealth(container.healthCheck, place, guard, clock, (health) =>
    events.onHealth(container.name, health),
  );
  void child.exited.then((code) => {
    checks?.stop();
    events.onExit(container.name, code);
  });
  return {
    running: { name: container.name, skipped: false, pid: child.pid, hostPorts },
    stop: async () => {
      checks?.stop();
      await child.end(container.stopTimeoutMs);
    },
  };
}

/** ECS would pull it; here an essential image has to be in the store, and a sidecar can be missed. */
function withoutImage({ name, image, essential }: ContainerSpec, events: TaskEvents) {
  if (essential)
    throw new CannotStartContainer(
      `CannotPullContainerError: ${image} is not in the image store, or has no digest`,
    );
  events.onLine(name, `local-cloud: not run, its image is not in the image store: ${image}`);
  const running = { name, skipped: true, pid: undefined, hostPorts: new Map<number, number>() };
  return { running, stop: () => Promise.resolve() };
}

function forwardLines(
  { process: { stdout, stderr } }: ProcessGroup,
  onLine: (line: string) => void,
) {
  for (const stream of [stdout, stderr])
    if (stream) createInterface({ input: stream }).on('line', onLine);
}
