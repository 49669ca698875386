import { tryProgram, type ProgramEnd } from '@clarity/host';
import { PipelineError } from '../../errors';
import { applyProgress, type ApplyProgress } from './apply-progress';
import { initialisationKey, isInitialised, rememberInitialised } from './initialised';
import type { PlanJson } from './plan-json';

const minutes = 60_000;
/** Outer limits: a provider that waits forever must not occupy a runner for hours. */
const timeLimits = {
  init: 10 * minutes,
  plan: 15 * minutes,
  apply: 60 * minutes,
  read: 2 * minutes,
};

/** How long Terraform may take to end after it was asked to, before it is killed. */
const graceMs = 60_000;

export interface TerraformOptions {
  /** Path of the program. */
  readonly program: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Terraform {
  /** Does nothing if backend and providers have not changed since the last time. */
  init(): Promise<void>;
  /** Initialises with the new backend of the configuration, and moves the state there. */
  moveState(): Promise<void>;
  /**
   * Saves the plan next to the stack and returns it as JSON: `{}` if there is nothing to do or to warn of,
   * unless `whole` asks for what the refresh found. With `lock`, for a plan that will be applied, it waits for the state's lock.
   * Without, it may see a stack that is being applied, needs no permission to write, and leaves nothing behind.
   */
  plan(options?: { readonly whole?: boolean; readonly lock?: boolean }): Promise<PlanJson>;
  /** Applies the saved plan and nothing else. */
  apply(onProgress: (progress: ApplyProgress) => void): Promise<void>;
  outputs(): Promise<Record<string, unknown>>;
  /** Managed resources in the state; data sources do not count. */
  countResources(): Promise<number>;
}

const planFile = 'stack.tfplan';
/** Exit code of `plan -detailed-exitcode`. */
const somethingToDo = 2;
/** An apply waits for AWS and not for the processor, so more than Terraform's 10 operations are faster. */
const applyParallelism = 30;

/** Terraform in the folder of one synthesised stack. It fails with PipelineErrors that quote Terraform. */
export function terraformIn(
  folder: string,
  { program, variables, signal }: TerraformOptions,
): Terraform {
  const run = async (
    limit: keyof typeof timeLimits,
    args: readonly string[],
    onLine?: (line: string) => void,
    isExpected = (code: number): boolean => code === 0,
  ) => {
    const end = await tryProgram(program, args, {
      cwd: folder,
      env: variables,
      timeoutMs: timeLimits[limit],
      signal,
      // Terraform then finishes what it is changing and releases its lock, unless a second one reaches it.
      endSignal: 'SIGINT',
      ownGroup: true,
      graceMs,
      ...(onLine ? { onLine } : {}),
    });
    if (signal?.aborted)
      throw new PipelineError('interrupted', `terraform ${args[0]} was interrupted.`);
    if (!isExpected(end.exitCode)) throw failure(folder, args, end);
    return end;
  };
  const read = async (...args: readonly string[]) => (await run('read', args)).stdout;

  return {
    async init() {
      const key = await initialisationKey(folder);
      if (await isInitialised(folder, key)) return;
      await run('init', ['init', '-input=false', '-no-color', '-reconfigure']);
      await rememberInitialised(folder, key);
    },
    async moveState() {
      await run('init', ['init', '-input=false', '-no-color', '-migrate-state', '-force-copy']);
      await rememberInitialised(folder, await initialisationKey(folder));
    },
    async plan({ whole = false, lock = false } = {}) {
      const locking = lock ? '-lock-timeout=120s' : '-lock=false';
      const flags = ['-input=false', '-no-color', locking, `-out=${planFile}`];
      const args = ['plan', '-detailed-exitcode', ...flags];
      const { exitCode, stdout } = await run(
        'plan',
        args,
        undefined,
        (each) => each === 0 || each === somethingToDo,
      );
      // Reading a plan takes as long as starting the provider. A failed check is a warning.
      if (exitCode === 0 && !whole && !stdout.includes('Warning: ')) return {};
      return JSON.parse(await read('show', '-json', planFile)) as PlanJson;
    },
    async apply(onProgress) {
      const args = ['apply', '-json', '-input=false', '-lock-timeout=120s'];
      await run('apply', [...args, `-parallelism=${applyParallelism}`, planFile], (line) => {
        const progress = applyProgress(line);
        if (progress) onProgress(progress);
      });
    },
    async outputs() {
      const text = await read('output', '-json', '-no-color');
      const outputs = JSON.parse(text) as Record<string, { value: unknown }>;
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
    async countResources() {
      const addresses = (await read('state', 'list')).split('\n');
      return addresses.filter((address) => address && !/(^|\.)data\./.test(address)).length;
    },
  };
}

function failure(folder: string, args: readonly string[], end: ProgramEnd): PipelineError {
  const what = `terraform ${args[0]} failed in ${folder.split(/[\\/]/).at(-1)}`;
  if (end.timedOut) return new PipelineError('terraform', `${what}: it timed out.`);
  const diagnostics = end.stdout
    .split('\n')
    .map(applyProgress)
    .filter((progress) => progress?.kind === 'error');
  const words =
    diagnostics.length > 0 ? diagnostics.map((progress) => progress?.text).join('\n') : end.stderr;
  return new PipelineError(
    'terraform',
    `${what} (exit ${end.exitCode}):\n${words.trim() || end.stdout.slice(-2000)}`,
  );
}
