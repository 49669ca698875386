import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(configOf(folder, work)));
  const script = join(root, 'dist/tools/local-github/main.js');
  const github = spawn(process.execPath, [script, 'up', '--config', config], { stdio: 'ignore' });
  try {
    const addresses = join(work, 'local-github.json');
    for (let tries = 0; !existsSync(addresses); tries++) {
      if (tries > 300) throw new Error('The embedded GitHub did not start.');
      await sleep(100);
    }
    const { control } = JSON.parse(await readFile(addresses, 'utf8')) as { control: string };
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) seconds.push(await timeRun(control));
    return seconds;
  } finally {
    github.kill('SIGTERM');
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

async function timeRun(control: string): Promise<number> {
  const post = (path: string, body: unknown) =>
    fetch(`${control}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const sha = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const commit = { ref: 'main', sha };
  const pull = { title: 'Bench', user: 'ada', head: { ...commit, ref: 'bench' }, base: commit };
  const { number } = (await (await post('/pull-requests', pull)).json()) as { number: number };
  const startedAt = performance.now();
  const event = { kind: 'pull_request', action: 'opened', number, sha };
  const said = (await (await post('/events', event)).text()).trim().split('\n').at(-1) ?? '{}';
  const seconds = (performance.now() - startedAt) / 1000;
  const { runs } = JSON.parse(said) as { runs?: { conclusion: string }[] };
  if (runs?.[0]?.conclusion !== 'success') throw new Error(`ci.yml did not succeed:\n${said}`);
  return seconds;
}

void main().then((seconds) => process.stdout.write(`${JSON.stringify(seconds)}\n`));
