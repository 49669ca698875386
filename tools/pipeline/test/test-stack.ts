import type { Stack } from '../src/core/stacks/manifest';

/** A stack that a deploy applies. */
export const testStack = (
  name: string,
  { folder = name, dependencies = [] }: Partial<Pick<Stack, 'folder' | 'dependencies'>> = {},
): Stack => ({ name, phase: 'before-rollout', folder, dependencies });
