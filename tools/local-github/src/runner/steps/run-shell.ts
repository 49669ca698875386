import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotSupported } from '../not-supported';
import type { JobState } from './job-state';
import { runScript } from './run-script';
import { parseKeyValues } from './step-files';

const files = ['OUTPUT', 'ENV', 'PATH', 'STEP_SUMMARY', 'STATE'] as const;

export interface ShellStep {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly shell: string;
}

/**
 * Runs a script as the runner does and takes in what it wrote into its files.
 * @returns its outputs; and whether it ended with 0
 */
export async function runShell(
  job: JobState,
  { script, env, folder, shell }: ShellStep,
): Promise<{ ok: boolean; outputs: Record<string, string> }> {
  if (shell !== 'bash') throw new NotSupported(`the shell "${shell}"`);
  const path = (name: string) => join(job.temporary, name);
  await writeFile(path('script.sh'), script);
  for (const name of files) await writeFile(path(name), '');
  const fileVariables = Object.fromEntries(files.map((name) => [`GITHUB_${name}`, path(name)]));
  const code = await runScript(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', path('script.sh')],
    {
      cwd: folder,
      env: {
        ...job.variables,
        PATH: [...job.path, job.variables['PATH']].join(':'),
        ...env,
        ...fileVariables,
      },
      signal: job.signal,
      onLine: job.log.print,
    },
  );
  const read = (name: (typeof files)[number]) => readFile(path(name), 'utf8');
  job.summary += await read('STEP_SUMMARY');
  Object.assign(job.variables, parseKeyValues(await read('ENV')));
  job.path.unshift(...(await read('PATH')).split('\n').filter(Boolean));
  return { ok: code === 0, outputs: parseKeyValues(await read('OUTPUT')) };
}
