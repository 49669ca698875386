import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs a program of this folder, as the Dockerfiles do. */
export function runHere(program: string, ...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, program), ...args], {
    encoding: 'utf8',
  });
  return { code: status, stderr };
}

/** What a function of one of the modules here answers to one argument, both as JSON. */
export function callHere<Answer>(module: string, name: string, argument: unknown): Answer {
  const script = `
    import { ${name} } from '${join(__dirname, module)}';
    console.log(JSON.stringify(${name}(${JSON.stringify(argument)}) ?? null));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as Answer;
}
