import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runProgram } from '@clarity/host';
import { startEmbeddedGitHub, type EmbeddedGitHub } from '@clarity/local-github/client';
import { trustedRole } from './trusted-role';

/**
 * Runs on an embedded AWS and prints, as JSON, how many seconds ci.yml took in each round with an npm and
 * an npx that do nothing: what is left is the workflow's own work, on machines that have the packages
 * cached.
 */
const rounds = 3;
const root = resolve(__dirname, '../../..');

async function main(): Promise<readonly number[]> {
  await trustedRole('clarity-github-plan', 'repo:clarity/clarity:pull_request');
  await mkdir(join(root, '.local'), { recursive: true });
  // On the disk of the packages, which the jobs link.
  const folder = await mkdtemp(join(root, '.local/bench-ci-'));
  try {
    return await timeRuns(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeRuns(folder: string): Promise<readonly number[]> {
  const work = join(folder, 'work');
  await mkdir(work);
  for (const program of ['npm', 'npx']) {
    await writeFile(join(folder, program), '#!/bin/sh\n');
    await chmod(join(folder, program), 0o755);
  }
  const github = await startEmbeddedGitHub({ root, config: configOf(folder, work) });
  try {
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) seconds.push(await timeRun(github));
    return seconds;
  } finally {
    await github.stop();
  }
}

function configOf(folder: string, work: string) {
  return {
    repositoryFolder: root,
    workFolder: work,
    variables: {
      CLARITY_ENVIRONMENTS: '["local"]',
      CLARITY_ACCOUNTS: '{"local":"123456789012"}',
    },
    machine: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'] ?? '',
    },
    cacheSeeds: { 'packages-': join(root, 'node_modules'), 'nx-': join(root, '.nx') },
    approved: [],
  };
}

async function timeRun(github: EmbeddedGitHub): Promise<number> {
  const sha = await runProgram('git', ['rev-parse', 'HEAD'], { cwd: root });
  const commit = { ref: 'main', sha };
  const number = await github.openPullRequest({
    title: 'Bench',
    user: 'ada',
    head: { ...commit, ref: 'bench' },
    base: commit,
  });
  const startedAt = performance.now();
  const runs = await github.fire({ kind: 'pull_request', action: 'opened', number, sha });
  const seconds = (performance.now() - startedAt) / 1000;
  if (runs[0]?.conclusion !== 'success')
    throw new Error(`ci.yml did not succeed:\n${JSON.stringify(runs, null, 2)}`);
  return seconds;
}

void main().then((seconds) => process.stdout.write(`${JSON.stringify(seconds)}\n`));
