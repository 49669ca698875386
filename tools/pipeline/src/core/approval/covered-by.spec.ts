import fc from 'fast-check';
import type { PlanDocument, PlannedResource } from '../plan-report/plan-document';
import { coveredBy, describeUnreviewed } from './covered-by';
import { changesIn, fingerprintOf, type ReviewedChange } from '../plan-report/fingerprint';
import { planMarker, readReview, reviewMarker, sealed } from '../plan-report/marker';

const key = 'lineage';
const bucket = (change: PlannedResource['change']): PlanDocument => ({
  resource_changes: [{ address: 'aws_s3_bucket.data', type: 'aws_s3_bucket', change }],
});
const update = (after: object, before: object = { versioning: true, size: 1 }) =>
  changesIn('data', bucket({ actions: ['update'], before, after: { ...before, ...after } }), key);
const commentOf = (changes: readonly ReviewedChange[], commit = 'abc', by = key) => {
  const marker = reviewMarker(sealed({ environment: 'dev', commit, changes }, by));
  return `${planMarker('dev')}\n${marker}\nrest`;
};
const reviewOf = (changes: readonly ReviewedChange[]) => {
  const review = readReview(commentOf(changes), 'dev', key);
  if (!review) throw new Error('no review in it');
  return review;
};

const change = fc.record({
  stack: fc.constant('data'),
  address: fc.string(),
  hash: fc.uint8Array({ minLength: 9, maxLength: 9 }).map((b) => Buffer.from(b).toString('base64')),
});
const changeSet = fc.uniqueArray(change, { selector: ({ hash }) => hash, minLength: 1 });

test('a review covers its changes and every subset of them, in any order', () => {
  fc.assert(
    fc.property(
      changeSet.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all))),
      ([all, some]) => expect(coveredBy([reviewOf(all)], some)).toEqual({ covered: true }),
    ),
  );
});

test('an additional change is reported by its address', () => {
  fc.assert(
    fc.property(changeSet, ([extra, ...reviewed]) => {
      if (!extra) return;
      expect(coveredBy([reviewOf(reviewed)], [...reviewed, extra])).toEqual({
        covered: false,
        unreviewed: [extra],
      });
    }),
  );
});

test('a review with too many changes to record covers only an identical plan', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => ({
    stack: 'data',
    address: `x[${index}]`,
    hash: Buffer.from(String(index).padStart(9, '0')).toString('base64'),
  }));
  const review = reviewOf(many);
  expect(review.changes).toBeUndefined();
  expect(coveredBy([review], many.toReversed())).toEqual({ covered: true });
  expect(coveredBy([review], many.slice(1))).toEqual({ covered: false, unreviewed: many.slice(1) });
});

test('a different value of the same attribute is a different change', () => {
  expect(
    coveredBy([reviewOf(update({ versioning: false }))], update({ versioning: null })),
  ).toEqual({
    covered: false,
    unreviewed: [expect.objectContaining({ address: 'aws_s3_bucket.data' })],
  });
});

test('an attribute outside the change that an autoscaler moved makes no difference', () => {
  const reviewed = update({ versioning: false }, { versioning: true, size: 1 });
  const now = update({ versioning: false }, { versioning: true, size: 7 });
  expect(coveredBy([reviewOf(reviewed)], now)).toEqual({ covered: true });
});

test('a replacement is not covered by a reviewed update in place, nor by a change of another bucket', () => {
  const after = { versioning: false };
  const replaced = changesIn(
    'data',
    bucket({ actions: ['delete', 'create'], before: {}, after }),
    key,
  );
  expect(coveredBy([reviewOf(update(after))], replaced).covered).toBe(false);
  const destroy = (id: string) =>
    changesIn('data', bucket({ actions: ['delete'], before: { id, size: Math.random() } }), key);
  expect(coveredBy([reviewOf(destroy('a'))], destroy('a')).covered).toBe(true);
  expect(coveredBy([reviewOf(destroy('a'))], destroy('b')).covered).toBe(false);
});

test('a value that becomes known or unknown is a different change', () => {
  const known = update({ versioning: false });
  const unknown = changesIn(
    'data',
    bucket({
      actions: ['update'],
      before: { versioning: true },
      after: {},
      after_unknown: { versioning: true },
    }),
    key,
  );
  expect(fingerprintOf(known)).not.toBe(fingerprintOf(unknown));
});

test('a different value of a secret is a different change, and only with the key can it be tried out', () => {
  const secret = (value: string, of = key) =>
    changesIn(
      'data',
      bucket({
        actions: ['update'],
        before: { a: 'old' },
        after: { a: value },
        after_sensitive: { a: true },
      }),
      of,
    );
  expect(secret('one')).toEqual(secret('one'));
  expect(coveredBy([reviewOf(secret('one'))], secret('two')).covered).toBe(false);
  expect(secret('one', 'another key')).not.toEqual(secret('one'));
});

test('a deploy of two pull requests is covered by both reviews together', () => {
  fc.assert(
    fc.property(changeSet, fc.nat(), (all, cut) => {
      const [one, other] = [all.slice(0, cut % all.length), all.slice(cut % all.length)];
      expect(coveredBy([reviewOf(one), reviewOf(other)], all)).toEqual({ covered: true });
      expect(coveredBy([reviewOf(one)], all)).toEqual({ covered: false, unreviewed: other });
    }),
  );
});

test('a marker is only read at the start of a comment', () => {
  const comment = commentOf([]);
  expect(readReview(`hello\n${comment}`, 'dev', key)).toBeUndefined();
  expect(readReview(comment, 'prod', key)).toBeUndefined();
  expect(readReview(`${planMarker('dev')}\nno review`, 'dev', key)).toBeUndefined();
});

test('a marker that was written without the key, or changed, is not a review', () => {
  const changes = update({ versioning: false });
  const evil = update({ versioning: null });
  const comment = commentOf(changes);
  expect(readReview(comment, 'dev', key)).toMatchObject({ commit: 'abc' });
  expect(readReview(commentOf(changes, 'abc', 'a guess'), 'dev', key)).toBeUndefined();
  // With the hashes of a plan that another pull request showed.
  const [from, to] = [changes[0]?.hash ?? '', evil[0]?.hash ?? ''];
  expect(readReview(comment.replace(from, to), 'dev', key)).toBeUndefined();
  expect(readReview(comment.replace('commit=abc', 'commit=def'), 'dev', key)).toBeUndefined();
  const ofOtherPlan = /fingerprint=\w+ changes=\S+/.exec(commentOf(evil))?.[0] ?? '';
  expect(
    readReview(comment.replace(/fingerprint=\w+ changes=\S+/, ofOtherPlan), 'dev', key),
  ).toBeUndefined();
});

test('approvers read which changes are new', () => {
  expect(describeUnreviewed(update({ versioning: false }))).toBe(
    'These changes were not reviewed:\n  data: aws_s3_bucket.data',
  );
});
