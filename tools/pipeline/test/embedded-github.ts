import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = resolve(__dirname, '../../../dist/tools/local-github/main.js');

/** tools/local-github, started as a program: tools do not import each other. */
export interface EmbeddedGitHub {
  /** Of its API. */
  readonly url: string;
  /** Makes something happen at GitHub, e.g. `/troubles`; tools/local-github/src/up/control.ts has the list. */
  tell<Answer>(path: string, body: object): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startEmbeddedGitHub(): Promise<EmbeddedGitHub> {
  const folder = await mkdtemp(join(tmpdir(), 'github-'));
  const config = join(folder, 'config.json');
  const nothing = { variables: {}, machine: {}, cacheSeeds: {}, approved: [] };
  await writeFile(
    config,
    JSON.stringify({ repositoryFolder: folder, workFolder: folder, ...nothing }),
  );
  const child = spawn(process.execPath, [program, 'up', '--config', config], { stdio: 'ignore' });
  const addresses = join(folder, 'local-github.json');
  for (let tries = 0; !existsSync(addresses); tries++) {
    if (tries > 300 || child.exitCode !== null)
      throw new Error('The embedded GitHub does not start.');
    await sleep(50);
  }
  const { api, control } = JSON.parse(await readFile(addresses, 'utf8')) as {
    api: string;
    control: string;
  };
  return {
    url: api,
    async tell<Answer>(path: string, body: object) {
      const answer = await fetch(`${control}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Answer;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
