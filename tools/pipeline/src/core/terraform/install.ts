import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile, tryProgram } from '@clarity/host';
import { sha256Of } from '@clarity/schema';
import { unzipSync } from 'fflate';
import type { Reporter } from '../../io/reporter';
import type { Workspace } from '../../io/workspace';
import { PipelineError } from '../../errors';
import { acceptableVersion, pinnedTerraform } from './version';

/**
 * The path of a usable Terraform: the one on PATH if it is new enough, else the pinned one, which is
 * downloaded once into `.local/terraform/` and checked against its published SHA-256.
 */
export async function findTerraform(workspace: Workspace, reporter: Reporter): Promise<string> {
  if (await isUsable('terraform', workspace.root)) return 'terraform';
  const installed = join(workspace.local, 'terraform', pinnedTerraform.version, 'terraform');
  if (!existsSync(installed)) await fetchTerraform(installed, reporter);
  return installed;
}

async function isUsable(program: string, cwd: string): Promise<boolean> {
  const { stdout } = await tryProgram(program, ['version', '-json'], { cwd, timeoutMs: 20_000 });
  return acceptableVersion(stdout) !== undefined;
}

async function fetchTerraform(target: string, reporter: Reporter): Promise<void> {
  const { version, sha256 } = pinnedTerraform;
  const platform = platformName(process.platform, process.arch);
  const expected = sha256[platform];
  const advice = `Install Terraform ${version} or newer and put it on PATH.`;
  if (!expected)
    throw new PipelineError('environment', `No pinned Terraform for ${platform}.`, advice);

  const url = `https://releases.hashicorp.com/terraform/${version}/terraform_${version}_${platform}.zip`;
  reporter.info(`downloading Terraform ${version} for ${platform}`);
  const archive = await download(url).catch((cause: unknown) => {
    throw new PipelineError('environment', `Terraform could not be downloaded: ${url}`, advice, {
      cause,
    });
  });
  await replaceFile(target, verifiedProgram(archive, expected), 0o755);
}

export function platformName(platform: NodeJS.Platform, arch: string): string {
  return `${platform}_${arch === 'x64' ? 'amd64' : arch}`;
}

/**
 * @returns the program in the archive
 * @throws PipelineError if the archive is not the published one
 */
export function verifiedProgram(archive: Uint8Array, expectedSha256: string): Uint8Array {
  const actual = sha256Of(archive);
  if (actual !== expectedSha256)
    throw new PipelineError(
      'environment',
      `The Terraform archive has SHA-256 ${actual}, not the published ${expectedSha256}.`,
      'Do not use it: the download was altered or is incomplete.',
    );
  const program = unzipSync(archive)['terraform'];
  if (!program)
    throw new PipelineError('environment', 'The Terraform archive has no terraform program.');
  return program;
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(300_000) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
