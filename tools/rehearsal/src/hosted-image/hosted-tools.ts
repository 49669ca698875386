import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a folder with the programs of GitHub's images that this machine may lack. @returns its path */
export async function hostedTools(parent: string): Promise<string> {
  const folder = join(parent, 'hosted-image');
  await mkdir(folder, { recursive: true });
  const aws = join(folder, 'aws');
  await writeFile(
    aws,
    `#!/bin/sh\nexec "${process.execPath}" "${join(__dirname, 'aws.js')}" "$@"\n`,
  );
  await chmod(aws, 0o755);
  return folder;
}
