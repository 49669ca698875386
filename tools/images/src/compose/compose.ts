import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, runProgram, tryProgram } from '@clarity/host';
import { borrowMoto } from '../base-image/borrowed-moto';
import { pullOrNot } from '../base-image/pull';
import type { CleanUps } from '../ending/clean-ups';
import { clientEnvironment, type Docker } from '../engine/docker';
import { withBorrowedMoto } from './compose-file';

const motoImage = 'motoserver/moto:5.2.1';
const upLimitMs = 180_000;

export interface ComposedStack {
  readonly network: string;
  /** Starts everything; resolves when Compose has, which waits for the jobs that come first. */
  up(): Promise<void>;
  /** The container of a service. */
  containerOf(service: string): Promise<string>;
}

/** The command line of Compose: the client's plugin, else the program of its first version. */
async function composeCommand(docker: Docker): Promise<readonly string[] | undefined> {
  if ((await docker.try(['compose', 'version'])).exitCode === 0) return [docker.client, 'compose'];
  return (await tryProgram('docker-compose', ['version'])).exitCode === 0
    ? ['docker-compose']
    : undefined;
}

/**
 * The stack of docker-compose.yml, with images that are built already; undefined without Compose.
 * @throws CannotTest if moto is not available
 */
export async function composedStack(
  docker: Docker,
  root: string,
  clean: CleanUps,
): Promise<ComposedStack | undefined> {
  const command = await composeCommand(docker);
  if (!command) return undefined;
  const project = `clarity-images-${process.pid}`;
  const files = [join(root, 'docker-compose.yml')];
  if (!(await pullOrNot(docker, motoImage))) {
    const folder = await mkdtemp(join(tmpdir(), 'clarity-compose-'));
    clean.add(folder, () => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'borrowed-moto.yml');
    // JSON is YAML.
    await writeFile(file, JSON.stringify(withBorrowedMoto(await borrowMoto(docker, clean))));
    files.push(file);
  }
  const env = {
    ...clientEnvironment(docker.host),
    API_PORT: String(await freePort()),
    MOTO_PORT: String(await freePort()),
  };
  const [program = '', ...first] = command;
  const compose = (...args: string[]) =>
    runProgram(
      program,
      [
        ...first,
        `--project-name=${project}`,
        `--project-directory=${root}`,
        ...files.map((file) => `--file=${file}`),
        ...args,
      ],
      { env, cwd: root, timeoutMs: upLimitMs },
    );
  return {
    network: `${project}_default`,
    up: async () => {
      clean.add('the composed stack', () => compose('down', '--volumes', '--timeout', '2'));
      await compose('up', '--detach', '--no-build');
    },
    containerOf: (service) => compose('ps', '--quiet', service),
  };
}
