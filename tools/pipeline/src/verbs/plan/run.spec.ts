import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inMemoryEnvironment, withTerraform } from '../../../test/in-memory-environment';
import type { InMemoryStack } from '../../../test/in-memory-environment';
import { collectOutputs } from '../../../test/test-start';
import { createsQueue } from '../../../test/write-report';
import { readReport } from '../../core/plan-report/report';
import { planEnvironment } from './run';

let root: string;
const event = process.env['GITHUB_EVENT_PATH'];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'plan-'));
  delete process.env['GITHUB_EVENT_PATH'];
});
afterEach(async () => {
  if (event !== undefined) process.env['GITHUB_EVENT_PATH'] = event;
  await rm(root, { recursive: true });
});

const report = () => join(root, 'dist/pipeline/dev/report/plan-report.json');

function environment(stacks: Readonly<Record<string, InMemoryStack>>) {
  const { context, calls, lines } = inMemoryEnvironment({ root });
  const variables = {};
  const withStacks = withTerraform(context, calls, stacks, variables);
  const { outputs, output } = collectOutputs();
  const plan = (...names: string[]) =>
    planEnvironment(withStacks, { stacks: names, skipUnchanged: false }, output);
  /** After every stack was applied as it is now. */
  const planUnapplied = () => {
    const stamps = { ...withStacks.stamps, isApplied: async () => true };
    return planEnvironment({ ...withStacks, stamps }, { stacks: [], skipUnchanged: true }, output);
  };
  return { plan, planUnapplied, calls, lines, outputs, variables };
}

test('reports the changes of every stack and applies nothing', async () => {
  const { plan, calls, lines, outputs } = environment({
    'clarity-dev-data': { plan: createsQueue('jobs') },
    'clarity-dev-services': {},
  });
  await plan();
  expect(calls).toEqual([]);
  const { stacks } = await readReport(report());
  expect(outputs).toEqual({ report: report(), changes: 'true' });
  expect(stacks).toMatchObject([
    { stack: 'clarity-dev-data', status: 'planned' },
    { stack: 'clarity-dev-services', status: 'unchanged' },
  ]);
  expect(lines.at(-1)).toBe('1 to add, 0 to change, 0 to destroy in 2 stacks');
});

test('what no deploy would apply again can be left out; what names images it always applies', async () => {
  const { planUnapplied, lines, outputs } = environment({
    'clarity-dev-data': { plan: createsQueue('made-by-hand') },
    'clarity-dev-services': { plan: createsQueue('jobs') },
    'clarity-dev-inference': { plan: createsQueue('batch') },
  });
  await planUnapplied();
  expect((await readReport(report())).stacks).toMatchObject([
    { stack: 'clarity-dev-data', status: 'unchanged' },
    { stack: 'clarity-dev-services', status: 'planned' },
    { stack: 'clarity-dev-inference', status: 'planned' },
  ]);
  expect(lines).toContain('clarity-dev-data: unchanged since last apply, skipped');
  expect(outputs['changes']).toBe('true');
});

test('an environment that matches its code has no changes', async () => {
  const { plan, outputs } = environment({ 'clarity-dev-data': {} });
  await plan();
  expect(outputs['changes']).toBe('false');
});

test('the services are planned with the images that run, so that images are not a change', async () => {
  const inputs = { api_image: 'registry.test/api@sha256:1', release: 'abc' };
  const { plan, variables } = environment({ 'clarity-dev-services': { outputs: { inputs } } });
  await plan();
  expect(variables).toMatchObject({
    'clarity-dev-services': { TF_VAR_api_image: inputs.api_image, TF_VAR_release: 'abc' },
  });
});

test('a stack that cannot be planned fails the run, after the report of all stacks is written', async () => {
  const { plan, outputs } = environment({
    'clarity-dev-data': { failure: 'Error: access denied' },
    'clarity-dev-services': { plan: createsQueue('jobs') },
  });
  await expect(plan()).rejects.toMatchObject({
    reason: 'terraform',
    message: 'These stacks could not be planned: clarity-dev-data.',
  });
  expect((await readReport(report())).stacks).toMatchObject([
    { status: 'failed', reason: 'Error: access denied' },
    { status: 'planned' },
  ]);
  expect(outputs['report']).toBe(report());
  const counts = JSON.parse(await readFile(join(root, 'dist/pipeline/dev/plan.json'), 'utf8'));
  expect(counts).toMatchObject({ environment: 'dev', stacks: [{ status: 'failed' }, {}] });
});

test('a stack that does not exist is a usage error that lists those that do', async () => {
  const { plan, outputs } = environment({ 'clarity-dev-data': {} });
  await expect(plan('queues')).rejects.toMatchObject({
    reason: 'usage',
    message: 'No stack is named queues.',
    advice: 'There are clarity-dev-data.',
  });
  expect(outputs).toEqual({});
});
