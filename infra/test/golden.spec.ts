import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from './policies/policy';
import { synthesiseEnvironment } from './synthesise-environment';

/**
 * The production stacks as last reviewed: a review sees every change line by line. `npm run golden` updates
 * the files.
 */
const folder = join(__dirname, '../golden');
const refresh = process.env['REFRESH_GOLDEN'] === '1';
const prod = synthesiseEnvironment('prod');

test.each(Object.keys(prod.stacks))('%s matches its golden file', (stack) => {
  const path = join(folder, `${stack}.golden.json`);
  const text = readable(prod.stacks[stack]);
  if (refresh) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
});

test('every resource of production is in a golden file', () => {
  const fixtures = Object.keys(prod.stacks)
    .map((stack) => readFileSync(join(folder, `${stack}.golden.json`), 'utf8'))
    .join('\n');
  for (const { address } of resources(prod)) {
    const [type = '', name = ''] = address.split('.');
    expect(fixtures).toContain(`"${type}"`);
    expect(fixtures).toContain(`"${name}"`);
  }
});

/** Without CDKTF's metadata, and with JSON in strings parsed. */
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
