import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { clientEnvironment, type Docker } from '../engine/docker';
import { CannotTest } from '../errors';

const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Makes an image of one layer out of a root file system.
 * @throws CannotTest if the engine does not take it
 */
export async function importFolder(docker: Docker, root: string, image: string): Promise<void> {
  const tar = spawn('tar', ['-c', '-C', root, '--numeric-owner', '.'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const load = spawn(docker.client, ['import', '--change', path, '-', image], {
    env: { ...process.env, ...clientEnvironment(docker.host) },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    const [, [packed], [loaded]] = await Promise.all([
      pipeline(tar.stdout, load.stdin),
      once(tar, 'close'),
      once(load, 'close'),
    ]);
    if (packed === 0 && loaded === 0) return;
  } catch (cause) {
    throw new CannotTest(`${image} could not be imported`, { cause });
  }
  throw new CannotTest(`${image} could not be imported`);
}
