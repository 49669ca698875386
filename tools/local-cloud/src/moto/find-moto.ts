import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalCloudError } from '../errors/local-cloud-error';

const run = promisify(execFile);

/** The oldest moto whose gaps the plugin closes, and the one that is fetched if none is found. */
const oldest = [5, 2] as const;
const pinnedMoto = '5.2.1';

/** How moto can be started here. */
export type Moto =
  | { readonly kind: 'python'; readonly python: string; readonly version: string }
  | { readonly kind: 'container'; readonly image: string };

/** Where to look, and how; replaced in tests. */
export interface MotoSearch {
  /** Python interpreters that may own a moto, best first. */
  readonly interpreters: () => AsyncIterable<string>;
  readonly probe: (python: string) => Promise<MotoProbe | undefined>;
  readonly hasContainerEngine: () => Promise<boolean>;
  /** Makes a virtual environment with moto in it; resolves to its interpreter. */
  readonly makeEnvironment: () => Promise<string>;
}

export interface MotoProbe {
  /** The interpreter itself, behind any shim. */
  readonly python: string;
  readonly version: string;
}

/**
 * Finds moto: an installed one, else a container, else one fetched into a virtual environment.
 * @throws LocalCloudError with a sentence that names what to install
 */
export async function findMoto(search: MotoSearch): Promise<Moto> {
  const outdated = new Set<string>();
  for await (const interpreter of search.interpreters()) {
    const found = await search.probe(interpreter);
    if (!found) continue;
    if (isRecent(found.version)) return { kind: 'python', ...found };
    outdated.add(found.version);
  }
  if (await search.hasContainerEngine())
    return { kind: 'container', image: `motoserver/moto:${pinnedMoto}` };
  try {
    const found = await search.probe(await search.makeEnvironment());
    if (found && isRecent(found.version)) return { kind: 'python', ...found };
  } catch (cause) {
    throw new LocalCloudError(advice(outdated), { cause });
  }
  throw new LocalCloudError(advice(outdated));
}

const advice = (outdated: ReadonlySet<string>): string => {
  const found = outdated.size > 0 ? ` (found ${[...outdated].join(', ')})` : '';
  return `moto ${oldest.join('.')} or newer is needed${found}: pip install 'moto[server]==${pinnedMoto}', or start a Docker engine.`;
};

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Looks on this machine; a fetched moto lives in `environmentFolder`. */
export const machineSearch = (environmentFolder: string): MotoSearch => ({
  interpreters: () => interpretersHere(environmentFolder),
  probe: probeInterpreter,
  hasContainerEngine: () =>
    run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 5_000 }).then(
      () => true,
      () => false,
    ),
  makeEnvironment: async () => {
    await run('python3', ['-m', 'venv', environmentFolder], { timeout: 120_000 });
    const python = join(environmentFolder, 'bin/python');
    const args = ['-m', 'pip', 'install', '--quiet', `moto[server]==${pinnedMoto}`];
    await run(python, args, { timeout: 600_000 });
    return python;
  },
});

async function* interpretersHere(environmentFolder: string): AsyncIterable<string> {
  const shim = await which('moto_server');
  const owner = shim && (await shebangOf(shim));
  if (owner && /python[\d.]*$/.test(owner)) yield owner;
  yield* ['python3', 'python'];
  const fetched = join(environmentFolder, 'bin/python');
  if (existsSync(fetched)) yield fetched;
}

const which = async (program: string): Promise<string | undefined> =>
  (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));

/** The program in the first line of a script: an installed console script names its interpreter. */
async function shebangOf(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return /^#!\s*(\S+)/.exec(buffer.toString('utf8', 0, bytesRead))?.[1];
  } finally {
    await file.close();
  }
}

/** Flask is asked for too: without the `server` extra moto is there but cannot serve. */
const probeScript = `
import importlib.util, sys
from importlib.metadata import version
assert importlib.util.find_spec("flask") and importlib.util.find_spec("moto")
print(sys.executable, version("moto"), sep="\\n")
`;

async function probeInterpreter(python: string): Promise<MotoProbe | undefined> {
  try {
    const { stdout } = await run(python, ['-c', probeScript], { timeout: 20_000 });
    const [executable, version] = stdout.trim().split('\n');
    return executable && version ? { python: executable, version } : undefined;
  } catch {
    return undefined;
  }
}
