import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environments/schema';

/**
 * Leaves `plan-only.json` beside the synthesised stacks: what this environment leaves out, with the
 * reason, as `[{what, reason}]`. An environment that leaves nothing out has no such file, whatever
 * was synthesised into the folder before.
 */
export function writePlanOnly({ planOnly }: Environment, outdir: string): void {
  const path = join(outdir, 'plan-only.json');
  if (planOnly) writeFileSync(path, `${JSON.stringify(planOnly, null, 2)}\n`);
  else rmSync(path, { force: true });
}
