import { PipelineError } from '../../errors';
import type { Stack } from '../../core/stacks/manifest';
import type { PlanJson } from '../../core/terraform/plan-json';
import { noChange } from '../../core/terraform/plan-summary';
import type { Terraform } from '../../core/terraform/terraform';
import { describeTotal, planStacks } from './plan-stacks';
import { testStack } from '../../../test/test-stack';

const foundation = testStack('foundation');
const services = testStack('services', { dependencies: ['foundation'] });
const silent = { step: () => {}, info: () => {}, warn: () => {} };

function terraformThatPlans(plans: Record<string, PlanJson>, failing: Record<string, string> = {}) {
  const planned: string[] = [];
  const terraformOf = async (stack: Stack): Promise<Terraform> => ({
    init: async () => {},
    moveState: async () => {},
    plan: async () => {
      planned.push(stack.name);
      if (stack.name in failing) throw new PipelineError('terraform', failing[stack.name] ?? '');
      return plans[stack.name] ?? {};
    },
    apply: async () => {},
    outputs: async () => ({}),
    countResources: async () => 0,
  });
  return { terraformOf, planned };
}

const creates: PlanJson = {
  resource_changes: [{ address: 'aws_vpc.main', type: 'aws_vpc', change: { actions: ['create'] } }],
  output_changes: { vpc_id: { actions: ['create'] } },
};

test('a stack whose upstream is not applied is deferred, and is not an error', async () => {
  const { terraformOf } = terraformThatPlans({ foundation: creates }, { services: 'no outputs' });
  const kept: string[] = [];
  const keep = async ({ name }: Stack) => void kept.push(name);
  const plans = await planStacks([foundation, services], terraformOf, silent, { keep });
  expect(plans).toEqual([
    { stack: 'foundation', status: 'planned', summary: { ...noChange, add: 1, outputs: 1 } },
    { stack: 'services', status: 'deferred', upstream: ['foundation'] },
  ]);
  expect(kept).toEqual(['foundation']);
});

test('a moved block upstream is counted, and defers nothing: every output stays as it is', async () => {
  const moved: PlanJson = {
    resource_changes: [
      {
        address: 'aws_vpc.main',
        previous_address: 'aws_vpc.old',
        type: 'aws_vpc',
        change: { actions: ['no-op'] },
      },
    ],
  };
  const { terraformOf } = terraformThatPlans({ foundation: moved });
  const plans = await planStacks([foundation, services], terraformOf, silent);
  expect(plans.map(({ status }) => status)).toEqual(['planned', 'planned']);
  expect(describeTotal(plans)).toContain('1 to move in 2 stacks');
});

test('a changed upstream output defers a stack too: its plan would read the old value', async () => {
  const changed = { output_changes: { vpc_id: { actions: ['update' as const] } } };
  const { terraformOf } = terraformThatPlans({ foundation: changed });
  const plans = await planStacks([foundation, services], terraformOf, silent);
  expect(plans[1]).toMatchObject({ status: 'deferred' });
});

test('a change upstream that leaves every output as it is defers nothing', async () => {
  const inPlace: PlanJson = {
    resource_changes: [
      { address: 'aws_vpc.main', type: 'aws_vpc', change: { actions: ['update'] } },
    ],
    output_changes: { vpc_id: { actions: ['no-op'] } },
  };
  const { terraformOf } = terraformThatPlans({ foundation: inPlace });
  const plans = await planStacks([foundation, services], terraformOf, silent);
  expect(plans[1]).toMatchObject({ status: 'planned' });
});

test('every stack is planned if nothing changes upstream', async () => {
  const { terraformOf, planned } = terraformThatPlans({});
  await planStacks([foundation, services], terraformOf, silent);
  expect(planned).toEqual(['foundation', 'services']);
});

test('a stack that cannot be planned is reported, and prevents only the plans of its downstream stacks', async () => {
  const data = testStack('data');
  const { terraformOf } = terraformThatPlans({ data: creates }, { foundation: 'Error: no' });
  const plans = await planStacks([foundation, data, services], terraformOf, silent);
  expect(plans).toEqual([
    { stack: 'foundation', status: 'failed', reason: 'Error: no' },
    { stack: 'data', status: 'planned', summary: { ...noChange, add: 1, outputs: 1 } },
    { stack: 'services', status: 'deferred', upstream: ['foundation'] },
  ]);
  expect(describeTotal(plans)).toBe(
    '1 to add, 0 to change, 0 to destroy in 1 stacks, 1 deferred, 1 failed',
  );
});

test('an interruption does not count as a failed stack', async () => {
  const { terraformOf } = terraformThatPlans({});
  const interrupted = async (stack: Stack): Promise<Terraform> => ({
    ...(await terraformOf(stack)),
    plan: () => Promise.reject(new PipelineError('interrupted', 'SIGTERM')),
  });
  await expect(planStacks([foundation], interrupted, silent)).rejects.toThrow('SIGTERM');
});
