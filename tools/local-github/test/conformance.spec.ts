import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const project = resolve(__dirname, '..');
const page = readFileSync(join(project, '../../docs/workflow-conformance.md'), 'utf8');

const specs = new Map(
  ['src', 'test']
    .flatMap((folder) =>
      readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.spec.ts'))
        .map((name) => join(project, folder, name)),
    )
    .map((path) => [basename(path, '.spec.ts'), readFileSync(path, 'utf8')]),
);

const tests = [...page.matchAll(/\| (?<spec>[\w-]+): (?<name>[^|]+?) *\|$/gm)].map(
  ({ groups }) => [groups?.['spec'] ?? '', groups?.['name'] ?? ''] as const,
);

test('the page has a test for every row', () => {
  const rows = page.split('\n').filter((line) => /^\| (?!feature|-)/.test(line));
  expect(tests).toHaveLength(rows.length);
});

test.each(tests)('%s has the test "%s"', (spec, name) => {
  const text = specs.get(spec) ?? '';
  expect([`'${name}`, `"${name}`].some((literal) => text.includes(literal))).toBe(true);
});
