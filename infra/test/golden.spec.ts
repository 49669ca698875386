import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from './policies/policy';
import { synthesiseEnvironment } from './synthesise-environment';

/**
 * The production stacks as they were last reviewed. A change of the infrastructure shows here line by
 * line; `npm run golden` writes what the code says now.
 */
const folder = join(__dirname, '../golden');
const refresh = process.env['REFRESH_GOLDEN'] === '1';
const prod = synthesiseEnvironment('prod');

test.each(Object.keys(prod.stacks))('%s is as it was reviewed', (stack) => {
  const path = join(folder, `${stack}.golden.json`);
  const text = readable(prod.stacks[stack]);
  if (refresh) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
});

test('every resource of production stands in a fixture', () => {
  const fixtures = Object.keys(prod.stacks)
    .map((stack) => readFileSync(join(folder, `${stack}.golden.json`), 'utf8'))
    .join('\n');
  for (const { address } of resources(prod)) {
    const [type = '', name = ''] = address.split('.');
    expect(fixtures).toContain(`"${type}"`);
    expect(fixtures).toContain(`"${name}"`);
  }
});

/** Without CDKTF's notes to itself, and with documents inside strings opened up. */
function readable(stack: unknown): string {
  const clean = JSON.stringify(stack, (key, value: unknown) => {
    if (key === '//') return undefined;
    if (typeof value !== 'string' || !/^[[{]"?/.test(value)) return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  });
  return `${JSON.stringify(JSON.parse(clean), null, 2)}\n`;
}
