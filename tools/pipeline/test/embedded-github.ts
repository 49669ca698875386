import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedGitHub, type EmbeddedGitHub } from '@clarity/local-github/client';

const root = resolve(__dirname, '../../..');

/** An embedded GitHub without workflows, for its API and its troubles. */
export async function emptyGitHub(): Promise<EmbeddedGitHub> {
  const folder = await mkdtemp(join(tmpdir(), 'github-'));
  const nothing = { variables: {}, machine: {}, cacheSeeds: {}, approved: [] };
  const config = { repositoryFolder: folder, workFolder: join(folder, 'work'), ...nothing };
  const github = await startEmbeddedGitHub({ root, config });
  const stop = async () => {
    await github.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...github, stop };
}
