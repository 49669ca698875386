import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, type ProcessGroup, type ProcessGuard, startGroup } from '@clarity/host';
import type { CloudClock } from '../../clock/faster-clock';
import { checkCommand, watchContainerHealth } from './container-health-check';
import { clientEnvironment, runArguments, runEnvironment } from './docker-arguments';
import { dockerCaller, haveImage, type CallDocker } from './docker-image';
import { startInOrder, type StartedContainer } from './start-in-order';
import {
  CannotStartContainer,
  type ContainerSpec,
  type TaskEvents,
  type TaskRuntime,
} from './task-runtime';

export interface DockerRuntimeOptions {
  readonly guard: ProcessGuard;
  readonly clock: CloudClock;
  /** Default: `docker`. */
  readonly client?: string;
  /** Stands in for the registry that image references name, e.g. `127.0.0.1:5000`. */
  readonly registry?: string | undefined;
}

const lookEveryMs = 50;
const lastLines = 3;
/** What the client adds to an error for a person at a terminal. */
const advice = /^(\s*|Run 'docker .*|See 'docker .*)$/;

/**
 * Runs tasks as containers of a Docker engine on this machine. They share its network, as the
 * processes of `processRuntime` do: a containerPort becomes a free port of loopback, which the app is
 * passed in PORT. The client that runs a container is guarded, and passes on the signal that ends it.
 */
export function dockerRuntime(options: DockerRuntimeOptions): TaskRuntime {
  const { client = 'docker', registry } = options;
  const docker = dockerCaller(client, clientEnvironment());
  return {
    start: ({ taskId, containers }, events, signal) =>
      startInOrder(containers, events, signal, async (container, seen) => {
        const image = await haveImage(docker, registry, container);
        if (image === undefined) return skipSidecar(container, seen);
        return startContainer(container, { taskId, image, docker, client }, seen, options);
      }),
  };
}

interface ContainerPlace {
  readonly taskId: string;
  readonly image: string;
  readonly docker: CallDocker;
  readonly client: string;
}

async function startContainer(
  spec: ContainerSpec,
  { taskId, image, docker, client }: ContainerPlace,
  events: TaskEvents,
  { guard, clock }: DockerRuntimeOptions,
): Promise<StartedContainer> {
  const hostPorts = new Map<number, number>();
  for (const port of spec.containerPorts) hostPorts.set(port, await freePort());
  // Even an app that maps no port may listen on PORT, and two tasks share this machine's loopback.
  const port = hostPorts.values().next().value ?? (await freePort());
  const environment = { ...spec.environment, HOST: '127.0.0.1', PORT: String(port) };
  const container = { ...spec, environment };
  const name = `clarity-${taskId}-${spec.name}`;

  const child = await startGroup(client, runArguments(container, { name, image, taskId }), {
    env: runEnvironment(container, clientEnvironment()),
    stdio: ['ignore', 'pipe', 'pipe'],
    guard,
  }).catch((cause: Error) => {
    const message = `CannotStartContainerError: ${client}: ${cause.message}`;
    throw new CannotStartContainer(message, { cause });
  });
  const said = forwardLines(child, (line) => events.onLine(spec.name, line));
  const pid = await runningPid(docker, name, child, said);
  const command = spec.healthCheck && checkCommand(spec.healthCheck.command);
  const checks = watchContainerHealth(
    command && { ...spec.healthCheck, command: ['CMD', client, 'exec', name, ...command] },
    { cwd: '/', env: clientEnvironment() },
    guard,
    clock,
    (health) => events.onHealth(spec.name, health),
  );
  void child.exited.then((code) => {
    checks?.stop();
    events.onExit(spec.name, code);
  });
  return {
    running: { name: spec.name, skipped: false, pid, hostPorts },
    stop: async () => {
      checks?.stop();
      const seconds = Math.ceil(spec.stopTimeoutMs / 1_000);
      // One that is gone already is fine; the client ends with its container in any case.
      await docker('stop', `--time=${seconds}`, name).catch(() => undefined);
      await child.exited;
    },
  };
}

/**
 * The process id of a container's program, once it runs; undefined for one that ran and ended before
 * it could be asked.
 * @throws CannotStartContainer if it never ran: exit codes 125 to 127 are the client's own
 */
async function runningPid(
  docker: CallDocker,
  name: string,
  child: ProcessGroup,
  said: readonly string[],
): Promise<number | undefined> {
  let exitCode: number | undefined;
  void child.exited.then((code) => (exitCode = code));
  while (exitCode === undefined) {
    const pid = await docker('inspect', '--format={{.State.Pid}}', name).then(Number, () => 0);
    if (pid > 0) return pid;
    await wait(lookEveryMs);
  }
  if (exitCode < 125 || exitCode > 127) return undefined;
  throw new CannotStartContainer(
    `CannotStartContainerError: ${said.slice(-lastLines).join(' ') || `exit code ${exitCode}`}`,
  );
}

function skipSidecar({ name, image }: ContainerSpec, events: TaskEvents): StartedContainer {
  events.onLine(name, `local-cloud: not run, its image is not in the engine: ${image}`);
  const running = { name, skipped: true, pid: undefined, hostPorts: new Map<number, number>() };
  return { running, stop: () => Promise.resolve() };
}

/** @returns the lines so far, which grow as the container writes */
function forwardLines(
  { process: { stdout, stderr } }: ProcessGroup,
  onLine: (line: string) => void,
): readonly string[] {
  const lines: string[] = [];
  for (const stream of [stdout, stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        onLine(line);
        if (advice.test(line)) return;
        if (lines.push(line) > lastLines) lines.shift();
      });
  return lines;
}
