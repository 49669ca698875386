import type { PlanDocument } from '../../core/plan-report/plan-document';
import type { ReadReport } from '../../core/plan-report/report';
import { changesIn, fingerprintOf } from '../../core/plan-report/fingerprint';
import { isReviewed } from './is-reviewed';

const creates = (name: string): PlanDocument => ({
  resource_changes: [
    {
      address: `aws_sqs_queue.${name}`,
      type: 'aws_sqs_queue',
      change: { actions: ['create'], after: { name } },
    },
  ],
});
const report = (plan: PlanDocument): ReadReport => ({
  environment: 'dev',
  commit: 'abc',
  fingerprint: '',
  stacks: [{ stack: 'data', status: 'planned', plan }],
});
const seen = changesIn('data', creates('jobs'));
const review = {
  commit: 'abc',
  fingerprint: fingerprintOf(seen),
  changes: new Set(seen.map(({ hash }) => hash)),
  pullRequest: 7,
  url: 'https://github.example/pull/7#1',
};

test('a reviewed plan needs no approval', () => {
  expect(isReviewed(report(creates('jobs')), review)).toMatchObject({ reviewed: true });
});

test('a different plan needs approval, and so does one that was not reviewed', () => {
  const other = isReviewed(report(creates('more')), review);
  expect(other.reviewed).toBe(false);
  expect(other.why).toMatch(/data: aws_sqs_queue.more[^]*pull\/7/);
  expect(isReviewed(report(creates('jobs')), undefined).reviewed).toBe(false);
});

test('a push that changes no infrastructure needs no approval', () => {
  expect(isReviewed(report({}), undefined).reviewed).toBe(true);
});

test('a stack that could not be planned counts as not reviewed', () => {
  const { stacks, ...rest } = report(creates('jobs'));
  const deferred = { stack: 'services', status: 'deferred', reason: 'waits' } as const;
  const result = isReviewed({ ...rest, stacks: [...stacks, deferred] }, review);
  expect(result).toEqual({ reviewed: false, why: expect.stringContaining('services') });
});
