import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { verbs } from '../src/verbs';
import { docsTables, withTables } from './docs-tables';

const page = join(resolve(__dirname, '../../..'), 'docs/pipelines.md');
const refresh = 'REFRESH_DOCS=1 npx jest tools/pipeline/test/docs';

test('docs/pipelines.md has the verbs, permissions and exit codes of this pipeline', () => {
  const text = readFileSync(page, 'utf8');
  const expected = withTables(text, docsTables(verbs));
  if (process.env['REFRESH_DOCS'] === '1') writeFileSync(page, expected);
  else if (text !== expected)
    throw new Error(`The tables of docs/pipelines.md are out of date. Run: ${refresh}`);
});
