import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { referenceIn } from './docker-arguments';
import { CannotStartContainer, type ContainerSpec } from './task-runtime';

const pullLimitMs = 300_000;

/** Runs the client to its end; rejects with what it said on standard error. */
export type CallDocker = (...args: readonly string[]) => Promise<string>;

export const dockerCaller =
  (client: string, env: Readonly<Record<string, string>>): CallDocker =>
  async (...args) => {
    const { stdout } = await promisify(execFile)(client, args, { env, timeout: pullLimitMs });
    return stdout.trim();
  };

/**
 * Has the image of a container in the engine.
 * @returns its reference; undefined for a sidecar that can be missed and is not in the engine
 * @throws CannotStartContainer `CannotPullContainerError: …`
 */
export async function haveImage(
  docker: CallDocker,
  registry: string | undefined,
  { image, essential }: ContainerSpec,
): Promise<string | undefined> {
  const reference = referenceIn(registry, image);
  const present = await docker('image', 'inspect', '--format={{.Id}}', reference).then(
    () => true,
    () => false,
  );
  if (present) return reference;
  if (!essential) return undefined;
  try {
    await docker('pull', '--withoutCommands', reference);
    return reference;
  } catch (cause) {
    const said = errorText(cause);
    throw new CannotStartContainer(`CannotPullContainerError: ${said}`, { cause });
  }
}

/** The last line that the client wrote before it failed. */
function errorText(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return (stderr?.trim() || message || String(error)).split('\n').at(-1) ?? '';
}
