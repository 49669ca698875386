import fc from 'fast-check';
import { fingerprintOf } from './fingerprint';
import { readReview, sealed } from './marker';
import { anyPlan, hostileText, secretWord } from '../../../test/arbitrary-plan';
import { redactPlan } from './redact';
import { asComment, asSummary, renderReport } from './render';
import type { PlannedStack, ReadReport } from './report';

const stack: fc.Arbitrary<PlannedStack> = fc
  .record({
    stack: hostileText,
    status: fc.constantFrom('planned' as const, 'deferred' as const, 'failed' as const),
    reason: hostileText,
    plan: anyPlan,
  })
  .map(({ plan, ...rest }) =>
    rest.status === 'planned' ? { ...rest, plan: redactPlan(plan) } : rest,
  );
const change = fc.record({
  stack: hostileText,
  address: hostileText,
  hash: fc.uint8Array({ minLength: 9, maxLength: 9 }).map((b) => Buffer.from(b).toString('base64')),
});
const report: fc.Arbitrary<ReadReport> = fc
  .record({
    changes: fc.array(change),
    stacks: fc.array(stack, { minLength: 1, maxLength: 4 }),
  })
  .map(({ changes, stacks }) => ({
    ...sealed({ environment: 'dev', commit: '1a2b3c4d', changes }, 'key'),
    stacks,
  }));

test('the comment of any plan is within the limit, and every fence and element is closed', () => {
  fc.assert(
    fc.property(report, fc.integer({ min: 4_000, max: 20_000 }), (any, limit) => {
      const text = renderReport(any, { ...asComment(), limit });
      const outside = outsideOfFences(text);
      expect(outside.isClosed).toBe(true);
      expect(outside.text.match(/<details>/g)?.length).toBe(
        outside.text.match(/<\/details>/g)?.length,
      );
      expect(outside.text).not.toMatch(/@octocat|[\u202e\p{Cs}]/u);
      // The two markers at the top, and no other comment anywhere.
      expect(outside.text.match(/<!--/g)).toHaveLength(2);
      if (headOf(any) < limit) expect(text.length).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 150 },
  );
});

test('no sensitive value is in a comment, a summary, or the plan file', () => {
  fc.assert(
    fc.property(report, anyPlan, (any, plan) => {
      expect(renderReport(any, asComment())).not.toContain(secretWord);
      expect(renderReport(any, asSummary)).not.toContain(secretWord);
      expect(JSON.stringify(redactPlan(plan))).not.toContain(secretWord);
    }),
    { numRuns: 150 },
  );
});

test('the review can be read back from the comment of any plan', () => {
  fc.assert(
    fc.property(report, (any) => {
      expect(readReview(renderReport(any, asComment()), 'dev', 'key')).toEqual({
        commit: '1a2b3c4d',
        fingerprint: fingerprintOf(any.changes),
        changes: new Set(any.changes.map(({ hash }) => hash)),
      });
    }),
  );
});

test.each([
  ['latin', 'x'],
  ['multi-byte', 'ä'],
  ['outside of the basic plane', '🩺'],
])('a plan far too large fills the comment and no more (%s)', (_, character) => {
  const resource_changes = Array.from({ length: 900 }, (_each, index) => ({
    address: `aws_ssm_parameter.p[${index}]`,
    type: 'aws_ssm_parameter',
    change: { actions: ['create'] as const, before: null, after: { value: character.repeat(150) } },
  }));
  const text = renderReport(
    {
      environment: 'dev',
      commit: '1a2b3c4d',
      changes: [],
      seal: '',
      stacks: [{ stack: 'clarity-dev-data', status: 'planned', plan: { resource_changes } }],
    },
    asComment('https://github.example/run'),
  );
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text.length).toBeGreaterThan(64_500);
  expect(text).toMatch(
    /more parts did not fit .* \[job summary\]\(https:\/\/github.example\/run\)/,
  );
  expect(text).not.toMatch(/\p{Cs}/u);
});

/** Size of what comes before the details: it is never cut. */
function headOf(any: ReadReport): number {
  return renderReport(any, { ...asComment(), limit: 0 }).length;
}

/** Reads markdown as CommonMark does: a fence ends at the first line of at least as many backticks. */
function outsideOfFences(markdown: string): { text: string; isClosed: boolean } {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const [, run] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? [];
    if (fence === undefined) {
      if (run) fence = run;
      else outside.push(line);
    } else if (run && run.length >= fence.length && line.trim() === run) fence = undefined;
  }
  return { text: outside.join('\n'), isClosed: fence === undefined };
}
