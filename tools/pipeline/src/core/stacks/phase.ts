import { PipelineError } from '../../errors';
import type { Phase, Stack } from './manifest';

export function inPhase(stacks: readonly Stack[], phase: Phase): readonly Stack[] {
  return stacks.filter((stack) => stack.phase === phase);
}

const verbOf = {
  bootstrap: 'npm run pipeline -- bootstrap --account <account>',
  'after-rollout': 'npm run pipeline -- inference --env <environment>',
} as const;

/** @throws PipelineError `usage`, naming the verb, if one of the stacks is applied by another verb */
export function assertBeforeRollout(stacks: readonly Stack[]): void {
  for (const { name, phase } of stacks)
    if (phase !== 'before-rollout')
      throw new PipelineError(
        'usage',
        `${name} is applied by another verb.`,
        `Run: ${verbOf[phase]}`,
      );
}
