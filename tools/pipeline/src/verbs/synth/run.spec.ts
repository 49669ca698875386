import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testStart } from '../../../test/test-start';
import { writeStacks } from './run';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'synth-'));
  await mkdir(join(root, 'infra'));
});
afterEach(() => rm(root, { recursive: true }));

/** The built CDKTF app, as a program with this text. */
async function builtApp(text: string): Promise<void> {
  await mkdir(join(root, 'dist/infra'), { recursive: true });
  await writeFile(join(root, 'dist/infra/main.js'), text);
}

test('reports the stacks and where they were written', async () => {
  await builtApp(`
    const { CLARITY_ENVIRONMENT: name, CDKTF_OUTDIR: outdir } = process.env;
    const stack = { name: 'clarity-' + name + '-data', workingDirectory: 'd', dependencies: [] };
    require('node:fs').writeFileSync(outdir + '/manifest.json', JSON.stringify({ stacks: { stack } }));
  `);
  const { start, lines } = testStart(root);
  await writeStacks(start, { env: 'staging', aws: 'own' });
  await writeStacks(start, { env: 'dev', aws: 'embedded' });
  expect(lines).toEqual([
    `1 stacks in ${join(root, 'dist/cdktf/staging')}: clarity-staging-data`,
    `1 stacks in ${join(root, 'dist/cdktf/dev-embedded')}: clarity-dev-data`,
  ]);
});

test('a synthesis that fails is a usage error with what it printed', async () => {
  await builtApp(`console.error('natGateways is not a number'); process.exit(1);`);
  const written = writeStacks(testStart(root).start, { env: 'dev', aws: 'own' });
  await expect(written).rejects.toMatchObject({
    reason: 'usage',
    message: expect.stringMatching(/"dev" failed[^]*natGateways/),
  });
});

test('without a build, the command that builds the infrastructure is named', async () => {
  const written = writeStacks(testStart(root).start, { env: 'dev', aws: 'own' });
  await expect(written).rejects.toMatchObject({
    reason: 'usage',
    advice: 'Run: npx nx build infra',
  });
});
