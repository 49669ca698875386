import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotSupported } from '../not-supported';
import { processEnvironment, type JobState } from './job-state';
import { runScript } from './run-script';
import { parseKeyValues } from './step-files';

const files = ['OUTPUT', 'ENV', 'PATH', 'STEP_SUMMARY', 'STATE'] as const;

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
const shells: Readonly<Record<string, readonly string[]>> = {
  '': ['-e'],
  bash: ['--noprofile', '--norc', '-e', '-o', 'pipefail'],
};

export interface ShellStep {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Empty for the default. */
  readonly shell: string;
  readonly signal: AbortSignal;
}

/**
 * Runs a script as the runner does and takes in what it wrote into its files, also if it was cancelled.
 * @returns its outputs and its exit code
 */
export async function runShell(
  job: JobState,
  { script, env, folder, shell, signal }: ShellStep,
): Promise<{ code: number; outputs: Record<string, string> }> {
  const args = shells[shell];
  if (!args) throw new NotSupported(`the shell "${shell}"`);
  const path = (name: string) => join(job.temporary, name);
  await writeFile(path('script.sh'), script);
  for (const name of files) await writeFile(path(name), '');
  const fileVariables = Object.fromEntries(files.map((name) => [`GITHUB_${name}`, path(name)]));
  const code = await runScript('bash', [...args, path('script.sh')], {
    cwd: folder,
    env: { ...processEnvironment(job, env), ...fileVariables },
    signal,
    killed: job.killed,
    onLine: job.log.print,
  });
  const read = (name: (typeof files)[number]) => readFile(path(name), 'utf8');
  job.summary += await read('STEP_SUMMARY');
  Object.assign(job.env, parseKeyValues(await read('ENV')));
  job.path.unshift(...(await read('PATH')).split('\n').filter(Boolean).toReversed());
  return { code, outputs: parseKeyValues(await read('OUTPUT')) };
}
