import { describeSummary, resourceChanges, summarisePlan, type PlanJson } from './plan-json';

const change = (...actions: ('no-op' | 'create' | 'read' | 'update' | 'delete')[]) => ({
  address: 'aws_sqs_queue.jobs',
  type: 'aws_sqs_queue',
  change: { actions },
});

test('a replacement counts once, in whatever order Terraform does it', () => {
  const plan: PlanJson = {
    resource_changes: [change('delete', 'create'), change('create', 'delete')],
  };
  expect(summarisePlan(plan)).toMatchObject({ replace: 2, add: 0, destroy: 0 });
});

test('reading data and leaving things alone are no changes', () => {
  const summary = summarisePlan({ resource_changes: [change('read'), change('no-op')] });
  expect(resourceChanges(summary)).toBe(0);
  expect(describeSummary(summary)).toBe('no changes');
});

test('the words are Terraform’s', () => {
  const summary = summarisePlan({
    resource_changes: [change('create'), change('update'), change('delete')],
  });
  expect(describeSummary(summary)).toBe('1 to add, 1 to change, 1 to destroy');
});

test('a plan of nothing, as Terraform prints it, has no members at all', () => {
  expect(describeSummary(summarisePlan({}))).toBe('no changes');
});
