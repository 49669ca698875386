import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallEnvironment } from '../test/small-environment';

/**
 * Prints, as JSON, how many seconds pass from the start of `pipeline rollback` to UpdateService, for
 * each of some rounds. Runs under `local-cloud exec`; tools/bench calls it.
 */
const rounds = 5;

async function main(): Promise<void> {
  const environment = await smallEnvironment('dev');
  const { workspace, environment: name } = environment.context;
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { id } = round % 2 === 0 ? environment.v1 : environment.v2;
    const args = [join(__dirname, '../pipeline/main.js'), 'rollback', '--env', name, '--to', id];
    const program = spawn(process.execPath, args, {
      cwd: workspace.root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = (await once(program, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`The rollback ended with ${code}.`);
    const path = join(workspace.dist, 'pipeline', name, 'rollout.json');
    const { rollouts } = JSON.parse(await readFile(path, 'utf8')) as {
      rollouts: { secondsToUpdateService: number }[];
    };
    seconds.push(Math.max(...rollouts.map(({ secondsToUpdateService }) => secondsToUpdateService)));
  }
  await environment.remove();
  process.stdout.write(`${JSON.stringify(seconds)}\n`);
}

void main();
