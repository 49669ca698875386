import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findReports, readReport } from '../../core/plan-report/report';
import type { PlanJson, PlannedResource } from '../../core/terraform/plan-json';
import { noChange } from '../../core/terraform/plan-summary';
import { keepPlans } from './kept-plans';
import { testStack } from '../../../test/test-stack';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-plans-'));
});
afterEach(() => rm(folder, { recursive: true }));

const plan: PlanJson = {
  resource_changes: [
    {
      address: 'aws_ssm_parameter.key',
      type: 'aws_ssm_parameter',
      change: {
        actions: ['create'],
        after: { value: 'the-signing-key' },
        after_sensitive: { value: true },
      },
    },
  ],
};

const unmarked = (resource: PlannedResource): PlannedResource => ({
  ...resource,
  change: { ...resource.change, after_sensitive: {} },
});

test('a report is read back with its plans, without secrets, which the log masks', async () => {
  const masked: string[] = [];
  const { keep, writeReport } = await keepPlans(join(folder, 'report'), {
    mask: (secret) => void masked.push(secret),
    key: 'key',
  });
  await keep(testStack('data'), plan);
  const copied = { ...plan, resource_changes: plan.resource_changes?.map(unmarked) ?? [] };
  await keep(testStack('foundation'), copied);
  await writeReport({ environment: 'dev', commit: 'abc' }, [
    { stack: 'foundation', status: 'planned', summary: noChange },
    { stack: 'data', status: 'planned', summary: { ...noChange, add: 1 } },
    { stack: 'services', status: 'deferred', upstream: ['data'] },
    { stack: 'account', status: 'failed', reason: 'Error: the-signing-key' },
  ]);

  const [path = ''] = await findReports(folder);
  const report = await readReport(path);
  expect(report.stacks).toMatchObject([
    { stack: 'foundation', status: 'unchanged' },
    {
      stack: 'data',
      status: 'planned',
      plan: { resource_changes: [{ type: plan.resource_changes?.[0]?.type }] },
    },
    { stack: 'services', status: 'deferred', reason: 'waits for data' },
    { stack: 'account', status: 'failed', reason: 'Error: (sensitive value 1)' },
  ]);
  expect(masked).toEqual(['the-signing-key']);
  for (const stack of ['data', 'foundation'])
    expect(await readFile(join(folder, `report/plans/${stack}.json`), 'utf8')).not.toContain(
      'signing',
    );
});

test('a secret text that is part of the name of a stack does not keep its plan from being read', async () => {
  const { keep, writeReport } = await keepPlans(join(folder, 'report'), {
    mask: () => {},
    key: 'key',
  });
  await keep(testStack('the-signing-key-ring'), plan);
  await writeReport({ environment: 'dev', commit: 'abc' }, [
    { stack: 'the-signing-key-ring', status: 'planned', summary: { ...noChange, add: 1 } },
  ]);
  const [path = ''] = await findReports(folder);
  const { stacks } = await readReport(path);
  expect(stacks).toMatchObject([
    {
      stack: 'the-signing-key-ring',
      plan: { resource_changes: [{ change: { after: { value: '(sensitive value)' } } }] },
    },
  ]);
});

test('a missing report, or a missing plan of a report, is an error that names the verb to run', async () => {
  await expect(findReports(folder)).rejects.toThrow('no plan-report.json');
  await expect(readReport(join(folder, 'none.json'))).rejects.toMatchObject({ reason: 'usage' });
});
