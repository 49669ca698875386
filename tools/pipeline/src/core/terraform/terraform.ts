import { tryProgram, type ProgramEnd } from '@clarity/host';
import { PipelineError } from '../errors';
import { applyProgress, type ApplyProgress } from './apply-progress';
import { initialisationKey, isInitialised, rememberInitialised } from './initialised';
import type { PlanJson } from './plan-json';

const minutes = 60_000;
/** Outer limits: a provider that waits for ever must not hold a runner for hours. */
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
  /** Does nothing where backend and providers are those of the last time. */
  init(): Promise<void>;
  /** Initialises with the backend that the configuration names now, and takes the state along. */
  moveState(): Promise<void>;
  /**
   * Saves the plan beside the stack and returns it as JSON: `{}` where nothing is to be done, unless
   * `whole` asks for what the refresh found all the same.
   */
  plan(options?: { readonly whole?: boolean }): Promise<PlanJson>;
  /** Applies the saved plan, so that what was planned is what is applied. */
  apply(onProgress: (progress: ApplyProgress) => void): Promise<void>;
  outputs(): Promise<Record<string, unknown>>;
  /** Managed resources in the state; data sources do not count. */
  countResources(): Promise<number>;
}

const planFile = 'stack.tfplan';
/** Exit code of `plan -detailed-exitcode`. */
const somethingToDo = 2;
/** An apply waits for AWS, not for the processor: more at once than Terraform's 10 is plainly faster. */
const applyParallelism = 30;

/** Terraform in the folder of one synthesised stack. Failures become PipelineErrors that carry Terraform's own words. */
export function terraformIn(
  folder: string,
  { program, variables, signal }: TerraformOptions,
): Terraform {
  const run = async (
    limit: keyof typeof timeLimits,
    args: readonly string[],
    onLine?: (line: string) => void,
    isFine = (code: number): boolean => code === 0,
  ) => {
    const end = await tryProgram(program, args, {
      cwd: folder,
      env: variables,
      timeoutMs: timeLimits[limit],
      signal,
      // Terraform then finishes what it is changing and releases its lock.
      endSignal: 'SIGINT',
      graceMs,
      ...(onLine ? { onLine } : {}),
    });
    if (signal?.aborted)
      throw new PipelineError('interrupted', `terraform ${args[0]} was interrupted.`);
    if (!isFine(end.exitCode)) throw failure(folder, args, end);
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
    async plan({ whole = false } = {}) {
      const flags = ['-input=false', '-no-color', '-lock-timeout=120s', `-out=${planFile}`];
      const args = ['plan', '-detailed-exitcode', ...flags];
      const { exitCode } = await run(
        'plan',
        args,
        undefined,
        (each) => each === 0 || each === somethingToDo,
      );
      // Reading a plan takes as long as starting the provider does.
      if (exitCode === 0 && !whole) return {};
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
  if (end.timedOut) return new PipelineError('terraform', `${what}: it took too long.`);
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
