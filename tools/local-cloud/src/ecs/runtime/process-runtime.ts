import { dirname, delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, type ProcessGroup, type ProcessGuard, startGroup } from '@clarity/host';
import type { CloudClock } from '../../clock/faster-clock';
import { watchContainerHealth } from './container-health-check';
import { commandLine, findImage } from './process-image';
import { startInOrder, type StartedContainer } from './start-in-order';
import {
  CannotStartContainer,
  imageNotFound,
  type ContainerSpec,
  type TaskEvents,
  type TaskRuntime,
} from './task-runtime';

export interface ProcessRuntimeOptions {
  /** The folder of images: `sha256-<digest>/` each. */
  readonly imageStore: string;
  readonly guard: ProcessGuard;
  readonly clock: CloudClock;
}

/**
 * Runs tasks as processes of this machine: an image is a folder, its WORKDIR that folder, and a
 * containerPort becomes a free port of loopback, which the app gets in PORT.
 */
export function processRuntime(options: ProcessRuntimeOptions): TaskRuntime {
  return {
    start: ({ containers, collectorEndpoint }, events, signal) =>
      startInOrder(containers, events, signal, (container, seen) =>
        startContainer(collectedAt(collectorEndpoint, container), seen, options),
      ),
  };
}

const otlpVariable = 'OTEL_EXPORTER_OTLP_ENDPOINT';

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

/** A collector is a sidecar, which has no image here: what sends traces to it sends them to `endpoint`. */
function collectedAt(endpoint: string, container: ContainerSpec): ContainerSpec {
  if (container.environment[otlpVariable] === undefined) return container;
  return { ...container, environment: { ...container.environment, [otlpVariable]: endpoint } };
}

/** ECS would pull it; here an essential image has to be in the store, and a sidecar can be missed. */
function withoutImage({ name, image, essential }: ContainerSpec, events: TaskEvents) {
  if (essential) throw imageNotFound(image);
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
