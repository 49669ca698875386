import { changesIn } from '../plan-report/fingerprint';
import { readReview, sealed } from '../plan-report/marker';
import { redactPlan } from '../plan-report/redact';
import { asComment, renderReport } from '../plan-report/render';
import type { PlanJson, PlannedResource } from '../terraform/plan-json';
import { coveredBy } from './covered-by';

/** Settings whose names contain "token" or "password", and a value that is a secret. */
interface Settings {
  readonly subject: string;
  readonly httpTokens: string;
  readonly minimumLength: number;
  readonly secret: string;
}
const reviewed: Settings = {
  subject: 'repo:clarity/backend:environment:prod-approval',
  httpTokens: 'required',
  minimumLength: 14,
  secret: 'correct-horse-battery',
};

const update = (type: string, before: object, after: object, marks = {}): PlannedResource => ({
  address: `${type}.it`,
  type,
  change: { actions: ['update'], before, after, before_sensitive: marks, after_sensitive: marks },
});
const trust = (subject: string) =>
  JSON.stringify({
    Statement: [
      { Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': subject } } },
    ],
  });

function planOf({ subject, httpTokens, minimumLength, secret }: Settings): PlanJson {
  return {
    resource_changes: [
      update(
        'aws_iam_role',
        { assume_role_policy: trust('nobody') },
        { assume_role_policy: trust(subject) },
      ),
      update(
        'aws_launch_template',
        { metadata_options: [{ http_tokens: 'none' }] },
        { metadata_options: [{ http_tokens: httpTokens }] },
      ),
      update(
        'aws_cognito_user_pool',
        { password_policy: [{ minimum_length: 8 }] },
        { password_policy: [{ minimum_length: minimumLength }] },
      ),
      update('aws_ssm_parameter', { value: 'an-old-secret' }, { value: secret }, { value: true }),
    ],
  };
}

const key = 'lineage';
const reportOf = (plan: PlanJson) =>
  sealed({ environment: 'prod', commit: 'abc', changes: changesIn('s', plan, key) }, key);

function commentOn(plan: PlanJson): string {
  const stacks = [{ stack: 's', status: 'planned' as const, plan: redactPlan(plan) }];
  return renderReport({ ...reportOf(plan), stacks }, asComment());
}

test('a review sees security settings whose names contain "token" or "password", and no secret', () => {
  const comment = commentOn(planOf(reviewed));
  expect(comment).toContain(`"${reviewed.subject}"`);
  expect(comment).toContain('metadata_options[0].http_tokens = "required"');
  expect(comment).toContain('password_policy[0].minimum_length = 14');
  expect(comment).not.toContain(reviewed.secret);
});

test.each<Partial<Settings>>([
  { subject: 'repo:attacker/evil:ref:refs/heads/main' },
  { httpTokens: 'optional' },
  { minimumLength: 6 },
  { secret: 'root' },
])('a deploy with %p is not covered by the review of other settings', (changed) => {
  const review = readReview(commentOn(planOf(reviewed)), 'prod', key);
  if (!review) throw new Error('no review in it');
  const now = changesIn('s', planOf({ ...reviewed, ...changed }), key);
  expect(coveredBy([review], now)).toMatchObject({ covered: false, unreviewed: [{ stack: 's' }] });
});
