import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@clarity/host';
import { pullOrNot } from '../base-image/pull';
import type { CleanUps } from '../ending/clean-ups';
import type { Docker } from '../engine/docker';
import { CannotTest } from '../errors';

const program = '/usr/bin/docker-registry';
const image = 'registry:2';
const startsWithinMs = 15_000;

/**
 * A registry that only this machine reaches.
 * @returns its address, `127.0.0.1:<port>`; undefined if none is available
 */
export async function startRegistry(docker: Docker, clean: CleanUps): Promise<string | undefined> {
  const address = `127.0.0.1:${await freePort()}`;
  if (existsSync(program)) await startProgram(address, clean);
  else if (await pullOrNot(docker, image)) await startContainer(docker, address, clean);
  else return undefined;
  const deadline = Date.now() + startsWithinMs;
  while (!(await answers(address))) {
    if (Date.now() > deadline) throw new CannotTest('The registry does not answer.');
    await wait(100);
  }
  return address;
}

const answers = (address: string): Promise<boolean> =>
  fetch(`http://${address}/v2/`).then(
    ({ ok }) => ok,
    () => false,
  );

async function startProgram(address: string, clean: CleanUps): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'clarity-registry-'));
  clean.add(folder, () => rm(folder, { recursive: true, force: true }));
  const settings = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: address },
  };
  const file = join(folder, 'config.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(settings));
  const registry = spawn(program, ['serve', file], { detached: true, stdio: 'ignore' });
  const ended = once(registry, 'exit');
  clean.add('the registry', () => {
    registry.kill('SIGTERM');
    return ended;
  });
}

async function startContainer(docker: Docker, address: string, clean: CleanUps): Promise<void> {
  const container = await docker.run(['run', '--detach', '--publish', `${address}:5000`, image]);
  clean.add('the registry', () => docker.run(['rm', '--force', '--volumes', container]));
}
