import fc from 'fast-check';
import { changesIn } from '../plan-report/fingerprint';
import type { PlanJson } from '../terraform/plan-json';
import { approvedChangesOf, assertApproved, parseApprovedChanges } from './approved-changes';

const plan = (...names: readonly string[]): PlanJson => ({
  resource_changes: names.map((name) => ({
    address: `aws_sqs_queue.${name}`,
    type: 'aws_sqs_queue',
    change: { actions: ['create'], after: { name } },
  })),
});
const changesOf = (stack: string, ...names: readonly string[]) =>
  changesIn(stack, plan(...names), 'key');
const approved = (...names: readonly string[]) =>
  approvedChangesOf({
    environment: 'dev',
    commit: 'abc',
    changes: changesOf('data', ...names),
    seal: '',
    stacks: [
      { stack: 'data', status: 'planned', plan: plan(...names) },
      { stack: 'services', status: 'deferred', reason: 'waits' },
    ],
  });

test('a deploy may apply the approved changes or fewer; any other change is refused, with its address', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (agreed, now) => {
      const more = now.filter((each) => !agreed.includes(each));
      const attempt = () => assertApproved(approved(...agreed), 'data', changesOf('data', ...now));
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

test('a stack that could not be planned was approved as a whole; a stack outside the plan was not', () => {
  expect(() => assertApproved(approved(), 'services', changesOf('services', 'a'))).not.toThrow();
  expect(() => assertApproved(approved(), 'foundation', changesOf('foundation', 'a'))).toThrow(
    'aws_sqs_queue.a',
  );
  expect(() => assertApproved(approved(), 'constructor', changesOf('constructor', 'a'))).toThrow(
    'aws_sqs_queue.a',
  );
});

test('approved changes can be passed through a job’s output as text', () => {
  const changes = approved('a', 'b');
  expect(parseApprovedChanges(JSON.stringify(changes))).toEqual(changes);
  expect(() => parseApprovedChanges('{"data":["short"]}')).toThrow('malformed');
  expect(() => parseApprovedChanges('everything')).toThrow('malformed');
});
