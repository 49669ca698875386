import type { PlanJson } from './plan-json';
import { describeSummary, hasChanges, summarisePlan, totalOf } from './plan-summary';

const change = (...actions: ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[]) => ({
  address: 'aws_sqs_queue.jobs',
  type: 'aws_sqs_queue',
  change: { actions },
});

test('a replacement counts once, in either order', () => {
  const plan: PlanJson = {
    resource_changes: [change('delete', 'create'), change('create', 'delete')],
  };
  expect(summarisePlan(plan)).toMatchObject({ replace: 2, add: 0, destroy: 0 });
});

test('reads and no-ops are not changes', () => {
  const summary = summarisePlan({ resource_changes: [change('read'), change('no-op')] });
  expect(hasChanges(summary)).toBe(false);
  expect(describeSummary(summary)).toBe('no changes');
});

test('uses Terraform’s wording', () => {
  const summary = summarisePlan({
    resource_changes: [change('create'), change('update'), change('delete')],
  });
  expect(describeSummary(summary)).toBe('1 to add, 1 to change, 1 to destroy');
});

test('a plan without changes has no members', () => {
  expect(describeSummary(summarisePlan({}))).toBe('no changes');
});

test('what happens to the state alone is a change', () => {
  const moved = { ...change('no-op'), previous_address: 'aws_sqs_queue.old' };
  const imported = { ...change('no-op') };
  const plans: PlanJson[] = [
    { resource_changes: [moved] },
    { resource_changes: [{ ...imported, change: { ...imported.change, importing: { id: 'q' } } }] },
    { resource_changes: [change('forget')] },
  ];
  const summaries = plans.map(summarisePlan);
  expect(summaries.map(hasChanges)).toEqual([true, true, true]);
  expect(describeSummary(totalOf(summaries))).toBe(
    '0 to add, 0 to change, 0 to destroy, 1 to move, 1 to import, 1 to forget',
  );
});
