import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { region } from '../src/core/environment';

const root = resolve(__dirname, '../../..');
const read = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8');

test('the pipeline works in the region that the infrastructure names', () => {
  const stack = JSON.parse(read('infra/golden/clarity-prod-foundation.golden.json')) as {
    provider: { aws: readonly { region: string }[] };
  };
  expect(stack.provider.aws.map((provider) => provider.region)).toEqual([region]);
});

test('jobs get credentials for that region', () => {
  const folder = '.github/workflows';
  const named = readdirSync(join(root, folder)).flatMap((file) =>
    [...read(folder, file).matchAll(/aws-region: (.+)/g)].map(([, value]) => value),
  );
  expect(new Set(named)).toEqual(new Set([region]));
});
