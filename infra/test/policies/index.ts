import { encryption } from './encryption';
import { exposure } from './exposure';
import { logging } from './logging';
import { operations } from './operations';
import { permissions } from './permissions';
import type { Policy } from './policy';
import { tasks } from './tasks';
import { trust } from './trust';

/** Policies for every environment. */
export const policies: readonly Policy[] = [
  ...encryption,
  ...exposure,
  ...permissions,
  ...logging,
  ...operations,
  ...tasks,
  ...trust,
];
