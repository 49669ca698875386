import { type ProgramEnd, type RunOptions, runProgram, tryProgram } from '@clarity/host';

const defaultTimeoutMs = 120_000;

/** A Docker engine and the client that talks to it. */
export interface Docker {
  /** @throws ProgramFailed if the command fails */
  run(args: readonly string[], options?: RunOptions): Promise<string>;
  try(args: readonly string[], options?: RunOptions): Promise<ProgramEnd>;
  /** Where a client finds the engine, as in DOCKER_HOST. */
  readonly host: string;
  /** The program, for what cannot go through `run`. */
  readonly client: string;
  /** `docker buildx build --load`, or `docker build` if that is BuildKit itself. */
  readonly buildCommand: readonly string[];
}

/** The environment of a client: which engine, and BuildKit if a client has the choice. */
export const clientEnvironment = (host: string): Readonly<Record<string, string>> => ({
  DOCKER_HOST: host,
  DOCKER_BUILDKIT: '1',
  COMPOSE_DOCKER_CLI_BUILD: '1',
});

export function dockerAt(host: string, client: BuildingClient): Docker {
  const withEngine = (options: RunOptions = {}): RunOptions => ({
    timeoutMs: defaultTimeoutMs,
    ...options,
    env: { ...clientEnvironment(host), ...options.env },
  });
  return {
    ...client,
    host,
    run: (args, options) => runProgram(client.client, args, withEngine(options)),
    try: (args, options) => tryProgram(client.client, args, withEngine(options)),
  };
}

export interface BuildingClient {
  readonly client: string;
  readonly buildCommand: readonly string[];
}

/** Clients before 23 bring BuildKit themselves, later ones leave it to the Buildx plugin. */
const firstWithoutBuildKit = 23;

/** How a client builds with BuildKit; undefined if it cannot. */
export function buildCommandOf(version: string, hasBuildx: boolean): readonly string[] | undefined {
  if (hasBuildx) return ['buildx', 'build', '--load'];
  const major = Number(/\d+/.exec(version)?.[0]);
  return major < firstWithoutBuildKit ? ['build'] : undefined;
}

/** The distribution's client may stand behind a newer one on PATH that has no Buildx. */
const clients = ['docker', '/usr/bin/docker'];

export async function findClient(): Promise<BuildingClient | undefined> {
  for (const client of clients) {
    const version = await tryProgram(client, ['--version']);
    if (version.exitCode !== 0) continue;
    const buildx = await tryProgram(client, ['buildx', 'version']);
    const buildCommand = buildCommandOf(version.stdout, buildx.exitCode === 0);
    if (buildCommand) return { client, buildCommand };
  }
  return undefined;
}
