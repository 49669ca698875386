import fc from 'fast-check';
import type { PlanDocument } from '../plan-report/plan-document';
import { approvedChangesOf, assertApproved, parseApprovedChanges } from './approved-changes';

const plan = (...names: readonly string[]): PlanDocument => ({
  resource_changes: names.map((name) => ({
    address: `aws_sqs_queue.${name}`,
    type: 'aws_sqs_queue',
    change: { actions: ['create'], after: { name } },
  })),
});
const approved = (...names: readonly string[]) =>
  approvedChangesOf({
    environment: 'dev',
    commit: 'abc',
    fingerprint: '',
    stacks: [
      { stack: 'data', status: 'planned', plan: plan(...names) },
      { stack: 'services', status: 'deferred', reason: 'waits' },
    ],
  });

test('a deploy may do what was approved, and less; one change more is refused by its address', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (agreed, now) => {
      const more = now.filter((each) => !agreed.includes(each));
      const attempt = () => assertApproved(approved(...agreed), 'data', plan(...now));
      if (more.length === 0) expect(attempt).not.toThrow();
      else
        for (const each of more)
          expect(attempt).toThrow(
            expect.objectContaining({
              reason: 'unapproved',
              message: expect.stringContaining(`data: aws_sqs_queue.${each}`),
            }),
          );
    }),
  );
});

test('what nobody could see was approved as that; a stack that nobody planned was not', () => {
  expect(() => assertApproved(approved(), 'services', plan('a'))).not.toThrow();
  expect(() => assertApproved(approved(), 'foundation', plan('a'))).toThrow('aws_sqs_queue.a');
  expect(() => assertApproved(approved(), 'constructor', plan('a'))).toThrow('aws_sqs_queue.a');
});

test('it goes through a job’s output as text', () => {
  const changes = approved('a', 'b');
  expect(parseApprovedChanges(JSON.stringify(changes))).toEqual(changes);
  expect(() => parseApprovedChanges('{"data":["short"]}')).toThrow('malformed');
  expect(() => parseApprovedChanges('everything')).toThrow('malformed');
});
