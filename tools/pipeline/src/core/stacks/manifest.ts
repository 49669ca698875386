import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../../errors';

/** A synthesised stack. */
export interface Stack {
  readonly name: string;
  /** The folder of its cdk.tf.json. */
  readonly folder: string;
  readonly phase: Phase;
  /** Names of the stacks whose outputs it reads. */
  readonly dependencies: readonly string[];
  /** The environment in which a commit has to be current first. */
  readonly previous?: PreviousEnvironment | undefined;
}

export interface PreviousEnvironment {
  readonly environment: string;
  /** ARN of the role that reads its current release, if it is in another account. */
  readonly role?: string | undefined;
}

/**
 * When a stack is applied. `account` has the roles that deploy everything else, so only a person applies it,
 * with `bootstrap`. `inference` runs the current release, so it follows once the release pointer has moved.
 */
export type Phase = 'bootstrap' | 'before-rollout' | 'after-rollout';

interface Manifest {
  readonly stacks: Record<string, Omit<Stack, 'folder'> & { readonly workingDirectory: string }>;
}

/** Reads CDKTF's manifest of the stacks in `outdir`. */
export async function readStacks(outdir: string): Promise<readonly Stack[]> {
  const text = await readFile(join(outdir, 'manifest.json'), 'utf8').catch((cause: unknown) => {
    throw new PipelineError('usage', 'The infrastructure has not been synthesised.', undefined, {
      cause,
    });
  });
  const { stacks } = JSON.parse(text) as Manifest;
  return Object.values(stacks).map(({ name, phase, workingDirectory, dependencies, previous }) => ({
    name,
    phase,
    folder: join(outdir, workingDirectory),
    dependencies,
    previous,
  }));
}

/**
 * The stacks with the wanted last parts of their names (`services`), or all.
 * @throws PipelineError for a name that matches none
 */
export function selectStacks(
  stacks: readonly Stack[],
  wanted: readonly string[],
): readonly Stack[] {
  const unknown = wanted.filter((name) => !stacks.some((stack) => isNamed(stack, name)));
  if (unknown.length > 0)
    throw new PipelineError(
      'usage',
      `No stack is named ${unknown.join(', ')}.`,
      `There are ${stacks.map((stack) => stack.name).join(', ')}.`,
    );
  return wanted.length === 0
    ? stacks
    : stacks.filter((stack) => wanted.some((name) => isNamed(stack, name)));
}

export function isNamed(stack: Pick<Stack, 'name'>, name: string): boolean {
  return stack.name === name || stack.name.endsWith(`-${name}`);
}
