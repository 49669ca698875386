import { describeSummary, resourceChanges, summarisePlan, type PlanJson } from './plan-json';

const change = (...actions: ('no-op' | 'create' | 'read' | 'update' | 'delete')[]) => ({
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
  expect(resourceChanges(summary)).toBe(0);
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
