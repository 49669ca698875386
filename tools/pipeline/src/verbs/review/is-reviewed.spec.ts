import { createsQueue } from '../../../test/write-report';
import type { PlanDocument } from '../../core/plan-report/plan-document';
import type { ReadReport } from '../../core/plan-report/report';
import { changesIn, fingerprintOf } from '../../core/plan-report/fingerprint';
import { isReviewed } from './is-reviewed';

const report = (plan: PlanDocument): ReadReport => ({
  environment: 'dev',
  commit: 'abc',
  changes: changesIn('data', plan, 'key'),
  seal: '',
  stacks: [{ stack: 'data', status: 'planned', plan }],
});
const seen = changesIn('data', createsQueue('jobs'), 'key');
const review = {
  commit: 'abc',
  fingerprint: fingerprintOf(seen),
  changes: new Set(seen.map(({ hash }) => hash)),
  pullRequest: 7,
  url: 'https://github.example/pull/7#1',
};

test('a reviewed plan needs no approval', () => {
  expect(isReviewed(report(createsQueue('jobs')), [review])).toMatchObject({ reviewed: true });
});

test('a different plan needs approval, and so does one that was not reviewed', () => {
  const other = isReviewed(report(createsQueue('more')), [review]);
  expect(other.reviewed).toBe(false);
  expect(other.why).toMatch(/data: aws_sqs_queue.more[^]*pull\/7/);
  expect(isReviewed(report(createsQueue('jobs')), []).reviewed).toBe(false);
});

test('a push that changes no infrastructure needs no approval', () => {
  expect(isReviewed(report({}), []).reviewed).toBe(true);
});

test('a stack that could not be planned counts as not reviewed', () => {
  const { stacks, ...rest } = report(createsQueue('jobs'));
  const deferred = { stack: 'services', status: 'deferred', reason: 'waits' } as const;
  const result = isReviewed({ ...rest, stacks: [...stacks, deferred] }, [review]);
  expect(result).toEqual({ reviewed: false, why: expect.stringContaining('services') });
});
