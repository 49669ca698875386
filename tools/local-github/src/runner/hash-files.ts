import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotSupported } from './not-supported';

/** `hashFiles(…)` for files by name; one that is not there does not count. */
export function hashFiles(workspace: string, names: readonly string[]): string {
  const hash = createHash('sha256');
  let found = false;
  for (const name of names) {
    if (/[*?[\]!]/.test(name)) throw new NotSupported('patterns in hashFiles');
    try {
      const content = readFileSync(join(workspace, name));
      hash.update(createHash('sha256').update(content).digest());
      found = true;
    } catch {
      // Not there.
    }
  }
  return found ? hash.digest('hex') : '';
}
