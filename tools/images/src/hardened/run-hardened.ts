import Type from 'typebox';
import { jsonParser } from '@clarity/schema';
import type { CleanUps } from '../ending/clean-ups';
import type { Docker } from '../engine/docker';
import type { AppImage } from '../images';
import { waitHealthy } from './wait-healthy';

/** What a container's process reports about itself. */
const probe = `
const { readFileSync, writeFileSync } = require('node:fs');
const status = readFileSync('/proc/1/status', 'utf8');
const field = (name) => new RegExp('^' + name + ':\\\\s*(\\\\S+)', 'm').exec(status)?.[1] ?? '';
const writable = ['/app/probe', '/probe', '/etc/passwd'].filter((path) => {
  try { writeFileSync(path, ''); return true; } catch { return false; }
});
console.log(JSON.stringify({
  uid: field('Uid'), capabilities: field('CapEff'), noNewPrivileges: field('NoNewPrivs'), writable,
}));`;

const parseProbe = jsonParser(
  'answer of the probe',
  Type.Object({
    uid: Type.String(),
    capabilities: Type.String(),
    noNewPrivileges: Type.String(),
    writable: Type.Array(Type.String()),
  }),
);
const parseEnvironment = jsonParser('environment', Type.Array(Type.String()));

export interface HardenedRun {
  readonly secondsToHealthy: number;
  readonly secondsToExit: number;
  readonly exitCode: number;
  readonly memoryMiB: number;
  readonly uid: string;
  readonly capabilities: string;
  readonly noNewPrivileges: string;
  readonly writable: readonly string[];
}

export interface Surroundings {
  readonly network: string;
  /** A container of the same app, whose environment this one gets. */
  readonly like: string;
}

/** Runs an image as the task definitions do, and stops it. */
export async function runHardened(
  docker: Docker,
  image: AppImage,
  reference: string,
  { network, like }: Surroundings,
  clean: CleanUps,
): Promise<HardenedRun> {
  const environment = parseEnvironment(
    await docker.run(['inspect', '--format', '{{json .Config.Env}}', like]),
  );
  const started = performance.now();
  const container = await docker.run([
    'run',
    '--detach',
    ...['--read-only', '--tmpfs=/tmp', '--cap-drop=ALL', '--security-opt=no-new-privileges'],
    ...[`--memory=${image.memory}`, '--pids-limit=100', `--network=${network}`],
    ...['--health-interval=1s'],
    ...environment.map((each) => `--env=${each}`),
    // The time for a load balancer to learn of the stop, of which there is none.
    '--env=DRAIN_SECONDS=0',
    reference,
  ]);
  clean.add(`the container of ${image.app}`, () => docker.run(['rm', '--force', container]));
  await waitHealthy(docker, container);
  const secondsToHealthy = (performance.now() - started) / 1_000;
  const memoryMiB = await memoryOf(docker, container);
  const probed = parseProbe(await docker.run(['exec', container, 'node', '--eval', probe]));

  const asked = performance.now();
  await docker.run(['stop', '--time=10', container]);
  const secondsToExit = (performance.now() - asked) / 1_000;
  const exit = await docker.run(['inspect', '--format', '{{.State.ExitCode}}', container]);
  return { secondsToHealthy, secondsToExit, exitCode: Number(exit), memoryMiB, ...probed };
}

async function memoryOf(docker: Docker, container: string): Promise<number> {
  const args = ['stats', '--no-stream', '--format', '{{.MemUsage}}', container];
  return parseMemory(await docker.run(args));
}

/** MiB of e.g. `73.07MiB / 256MiB`. */
export function parseMemory(usage: string): number {
  const [, amount, unit] = /^([\d.]+)([KMG]iB)/.exec(usage) ?? [];
  const factor = { KiB: 1 / 1_024, MiB: 1, GiB: 1_024 }[unit ?? ''];
  return factor === undefined ? Number.NaN : Number(amount) * factor;
}
