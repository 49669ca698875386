import type { Stack } from '../stacks/manifest';
import type { PlanJson } from '../terraform/plan-json';
import type { Terraform } from '../terraform/terraform';
import { applyStacks } from './apply-stacks';
import { testStack } from '../../../test/test-stack';

const silent = { step: () => {}, info: () => {}, warn: () => {} };
const data = testStack('data');
const services = testStack('services', { dependencies: ['data'] });
const creates: PlanJson = {
  applyable: true,
  resource_changes: [
    { address: 'aws_sqs_queue.jobs', type: 'aws_sqs_queue', change: { actions: ['create'] } },
  ],
};

function terraform(plans: Record<string, PlanJson>, fail?: string) {
  const calls: string[] = [];
  const of = ({ name }: Stack): Terraform => ({
    init: async () => {},
    moveState: async () => {},
    plan: async ({ lock = false } = {}) => {
      calls.push(lock ? `plan ${name}` : `plan ${name} without the lock`);
      return plans[name] ?? {};
    },
    apply: async () => {
      calls.push(`apply ${name}`);
      if (name === fail) throw new Error('quota exceeded');
    },
    outputs: async () => ({ name }),
    countResources: async () => 7,
  });
  return { of, calls };
}

/** Stamps in memory. */
function stamps(...applied: string[]) {
  const known = new Set(applied);
  return {
    isApplied: async ({ name }: Stack) => known.has(name),
    forget: async ({ name }: Stack) => void known.delete(name),
    remember: async ({ name }: Stack) => void known.add(name),
  };
}

test('a plan without a change is not applied', async () => {
  const { of, calls } = terraform({ data: creates });
  await applyStacks([data, services], of, silent);
  expect(calls).toEqual(['plan data', 'apply data', 'plan services']);
});

test('neither a plan that its guard refuses nor the stacks that depend on it are applied', async () => {
  const { of, calls } = terraform({ data: creates });
  const guard = ({ name }: Stack) => {
    throw new Error(`${name} does more than what was approved`);
  };
  await expect(applyStacks([data, services], of, silent, { guard })).rejects.toThrow(
    'data does more',
  );
  expect(calls).toEqual(['plan data']);
});

test('a stack that has not changed since its last apply is not planned, and still returns its outputs', async () => {
  const { of, calls } = terraform({});
  const applied = await applyStacks([data, services], of, silent, {
    skip: stamps('data', 'services'),
  });
  expect(calls).toEqual([]);
  expect(applied.map(({ outputs }) => outputs)).toEqual([{ name: 'data' }, { name: 'services' }]);
});

test('a failed apply leaves no stamp, not even that of the apply before', async () => {
  const { of } = terraform({ data: creates }, 'data');
  const memory = stamps('data');
  const skip = { ...memory, isApplied: async () => false };
  await expect(applyStacks([data], of, silent, { skip })).rejects.toThrow('quota exceeded');
  expect(await memory.isApplied(data)).toBe(false);
});

test('a plan that its guard refuses leaves the stamp of the apply before', async () => {
  const { of } = terraform({ data: creates });
  const memory = stamps('data');
  const skip = { ...memory, isApplied: async () => false };
  const guard = () => {
    throw new Error('more than what was approved');
  };
  await expect(applyStacks([data], of, silent, { skip, guard })).rejects.toThrow('approved');
  expect(await memory.isApplied(data)).toBe(true);
});
