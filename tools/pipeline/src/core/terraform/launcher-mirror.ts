import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Of } from '@clarity/schema';

/** Where a mirror has the AWS provider; below it, `<version>/<platform>/<program>`. */
export const awsProvider = 'registry.terraform.io/hashicorp/aws';

/**
 * A mirror below `folder` whose AWS provider is a script that starts the one of `mirror`. At every command, even `output`,
 * Terraform hashes the program of a provider to compare it with the lock file that `init` wrote: half a second for the
 * 700 MB of the AWS provider, although `init` takes whatever is in a mirror.
 * @returns its path, or `mirror` if that has no program, but an archive that Terraform has to unpack
 */
export async function launcherMirror(mirror: string, folder: string): Promise<string> {
  const scripts = (await filesBelow(join(mirror, awsProvider)))
    .filter((file) => /^[^/]+\/[^/]+\/terraform-provider-aws_[^/]+$/.test(file))
    .map((file) => join(awsProvider, file))
    .map((file) => ({ file, text: `#!/bin/sh\nexec ${quoted(join(mirror, file))} "$@"\n` }));
  if (scripts.length === 0) return mirror;

  const launchers = join(folder, `launchers-${sha256Of(JSON.stringify(scripts)).slice(0, 12)}`);
  if (existsSync(launchers)) return launchers;
  // Terraform hashes whatever is next to a program, so that the folder appears as a whole.
  const unfinished = `${launchers}.${randomUUID()}`;
  for (const { file, text } of scripts) {
    await mkdir(dirname(join(unfinished, file)), { recursive: true });
    await writeFile(join(unfinished, file), text, { mode: 0o755 });
  }
  try {
    await rename(unfinished, launchers);
  } catch (error) {
    await rm(unfinished, { recursive: true });
    if (!existsSync(launchers)) throw error;
  }
  return launchers;
}

const filesBelow = (folder: string) => readdir(folder, { recursive: true }).catch(() => []);

const quoted = (path: string) => `'${path.replaceAll("'", `'\\''`)}'`;
