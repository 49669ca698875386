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
  { script, env: ofStep, folder, shell, signal }: ShellStep,
): Promise<{ code: number; outputs: Record<string, string> }> {
  const args = shells[shell];
  if (!args) throw new NotSupported(`the shell "${shell}"`);
  const path = (name: string) => join(job.temporary, name);
  await writeFile(path('script.sh'), script);
  for (const name of files) await writeFile(path(name), '');
  const fileVariables = Object.fromEntries(files.map((name) => [`GITHUB_${name}`, path(name)]));
  const code = await runScript('bash', [...args, path('script.sh')], {
    cwd: folder,
    env: { ...processEnvironment(job, ofStep), ...fileVariables },
    signal,
    killed: job.killed,
    onLine: job.log.print,
  });
  const read = (name: (typeof files)[number]) => readFile(path(name), 'utf8');
  const unsupported = job.log.unsupportedCommand();
  if (unsupported) throw new NotSupported(`the command ::${unsupported}::`);
  addSummary(job, await read('STEP_SUMMARY'));
  const { NODE_OPTIONS: blocked, ...env } = parseKeyValues(await read('ENV'));
  if (blocked !== undefined)
    job.log.print(
      "::error::Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
    );
  Object.assign(job.env, env);
  job.path.unshift(...(await read('PATH')).split('\n').filter(Boolean).toReversed());
  return { code, outputs: parseKeyValues(await read('OUTPUT')) };
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const maxSummaryBytes = 1024 * 1024;

function addSummary(job: JobState, text: string): void {
  const kilobytes = Math.floor(Buffer.byteLength(text) / 1024);
  if (Buffer.byteLength(text) <= maxSummaryBytes) job.summary += text;
  else
    job.log.print(
      `::error::$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`,
    );
}
