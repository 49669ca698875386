import { encryption } from './encryption';
import { exposure } from './exposure';
import { operations } from './operations';
import { permissions } from './permissions';
import type { Policy } from './policy';
import { tasks } from './tasks';

/** Policies for every environment. */
export const policies: readonly Policy[] = [
  ...encryption,
  ...exposure,
  ...permissions,
  ...operations,
  ...tasks,
];
