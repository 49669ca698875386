import { PipelineError } from '../../errors';
import { isNamed, type Stack } from './manifest';

/**
 * When a stack is applied. `account` has the roles that deploy everything else, so only a person applies it,
 * with `bootstrap`. `inference` runs the current release, so it follows once the release pointer has moved.
 */
export type Phase = 'bootstrap' | 'before-rollout' | 'after-rollout';

export function phaseOf(stack: Pick<Stack, 'name'>): Phase {
  if (isNamed(stack, 'account')) return 'bootstrap';
  return isNamed(stack, 'inference') ? 'after-rollout' : 'before-rollout';
}

export function inPhase(stacks: readonly Stack[], phase: Phase): readonly Stack[] {
  return stacks.filter((stack) => phaseOf(stack) === phase);
}

const verbOf = {
  bootstrap: 'npm run pipeline -- bootstrap --account <account>',
  'after-rollout': 'npm run pipeline -- inference --env <environment>',
} as const;

/** @throws PipelineError `usage`, naming the verb, if one of the stacks is applied by another verb */
export function assertBeforeRollout(stacks: readonly Stack[]): void {
  for (const stack of stacks) {
    const phase = phaseOf(stack);
    if (phase !== 'before-rollout')
      throw new PipelineError(
        'usage',
        `${stack.name} is applied by another verb.`,
        `Run: ${verbOf[phase]}`,
      );
  }
}
