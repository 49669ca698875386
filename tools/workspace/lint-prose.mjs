/**
 * Finds phrases that docs/writing.md replaces, in every tracked text that people read.
 * Usage: node tools/workspace/lint-prose.mjs
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { proseRules } from './prose-rules.mjs';

const root = resolve(import.meta.dirname, '../..');
const read = /\.(ts|mjs|cjs|md|ya?ml|py)$/;
const exempt = /^(docs\/writing\.md|tools\/workspace\/prose-rules\.mjs)$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => read.test(file) && !exempt.test(file));

let found = 0;
for (const file of files)
  for (const [index, line] of readFileSync(resolve(root, file), 'utf8').split('\n').entries())
    for (const [pattern, instead] of proseRules) {
      const phrase = pattern.exec(line)?.[0];
      if (phrase === undefined) continue;
      found++;
      console.error(`${file}:${index + 1}  "${phrase}": write ${instead}`);
    }
if (found > 0) {
  console.error(`\n${found} phrases. docs/writing.md has the reasons and examples.`);
  process.exitCode = 1;
}
