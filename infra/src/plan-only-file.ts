import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environments/schema';

/**
 * Writes `plan-only.json` next to the synthesised stacks: what this environment omits, with the reason, as
 * `[{what, reason}]`. If it omits nothing, removes the file of an earlier synthesis.
 */
export function writePlanOnly({ planOnly }: Environment, outdir: string): void {
  const path = join(outdir, 'plan-only.json');
  if (planOnly) writeFileSync(path, `${JSON.stringify(planOnly, null, 2)}\n`);
  else rmSync(path, { force: true });
}
