import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runProgram, tryProgram } from '@clarity/host';
import type { CleanUps } from '../ending/clean-ups';
import { CannotTest } from '../errors';
import { clientEnvironment, dockerAt, findClient, type Docker } from './docker';

/** Debian's packages, by a program of each that shows that it is there. */
const packages: Readonly<Record<string, string>> = {
  '/usr/sbin/dockerd': 'docker.io',
  '/usr/bin/docker-registry': 'docker-registry',
  '/usr/bin/docker-compose': 'docker-compose',
  '/usr/sbin/debootstrap': 'debootstrap',
};
const installLimitMs = 300_000;
const startsWithinMs = 30_000;
const stopsWithinMs = 20_000;

/** Installs what is missing of Debian's Docker. */
export async function installDocker(): Promise<void> {
  const missing = Object.entries(packages).flatMap(([program, name]) =>
    existsSync(program) ? [] : [name],
  );
  if (missing.length === 0) return;
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  // The package starts no service of its own: the test's engine is the test's.
  const options = {
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    timeoutMs: installLimitMs,
  };
  const first = await tryProgram('apt-get', install, options);
  if (first.exitCode === 0) return;
  await runProgram('apt-get', ['update'], options);
  await runProgram('apt-get', install, options);
}

/**
 * Starts an engine with a socket and data of its own, which ends and goes with the test.
 * @throws CannotTest with the engine's last words
 */
export async function startOwnEngine(clean: CleanUps): Promise<Docker> {
  const folder = await mkdtemp(join(tmpdir(), 'clarity-engine-'));
  clean.add(folder, () => rm(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'data'));
  const host = `unix://${join(folder, 'docker.sock')}`;
  const logPath = join(folder, 'dockerd.log');
  const log = openSync(logPath, 'w');
  const daemon = spawn(
    '/usr/sbin/dockerd',
    [
      `--host=${host}`,
      `--data-root=${join(folder, 'data')}`,
      `--exec-root=${join(folder, 'exec')}`,
      `--pidfile=${join(folder, 'dockerd.pid')}`,
    ],
    // A group of its own, so that Ctrl-C reaches the test first, which then ends it in order.
    { detached: true, stdio: ['ignore', log, log] },
  );
  const ended = new Promise<void>((resolve) => {
    daemon.once('exit', () => resolve());
    daemon.once('error', () => resolve());
  });
  clean.add('the Docker engine', async () => {
    daemon.kill('SIGTERM');
    const kill = setTimeout(() => daemon.kill('SIGKILL'), stopsWithinMs);
    await ended;
    clearTimeout(kill);
  });

  const client = await findClient();
  if (!client) throw new CannotTest('The Docker client that was installed cannot build.');
  const docker = dockerAt(host, client);
  const deadline = Date.now() + startsWithinMs;
  const answers = async () => (await docker.try(['version'])).exitCode === 0;
  while (!(await answers())) {
    if (daemon.exitCode !== null || Date.now() > deadline) {
      const words = (await readFile(logPath, 'utf8')).trimEnd().split('\n').slice(-8);
      throw new CannotTest(`The Docker engine did not start:\n  ${words.join('\n  ')}`);
    }
    await wait(200);
  }
  return docker;
}

/** An engine that answers already, at DOCKER_HOST or its usual socket. */
export async function engineHere(client: string): Promise<string | undefined> {
  const host = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  const { exitCode } = await tryProgram(client, ['version'], { env: clientEnvironment(host) });
  return exitCode === 0 ? host : undefined;
}
