import { dataChecks } from './data-checks';
import { dev } from './dev';
import { environments } from './select';
import type { Environment } from './schema';

const complaints = (environment: Environment) =>
  dataChecks.flatMap((check) => check(environment)).map(({ pointer }) => pointer);

type Rule = Environment['data']['backup']['rules'][number];
const rule: Rule = {
  name: 'daily',
  schedule: 'cron(0 5 * * ? *)',
  continuous: false,
  deleteAfterDays: 100,
};
const withData = (data: Partial<Environment['data']>): Environment => ({
  ...dev,
  data: { ...dev.data, ...data },
});
const withRules = (...rules: Rule[]) => withData({ backup: { minimumRetentionDays: 7, rules } });
const rotatedBy = (lambdaArn: string) => withData({ cursorKeyRotation: { lambdaArn, days: 90 } });
const here = `arn:aws:lambda:${dev.account.region}:${dev.account.id}:function:rotate`;
const withSender = (from: string): Environment['data']['auth'] => ({
  ...dev.data.auth,
  email: {
    kind: 'ses',
    identityArn: 'arn:aws:ses:us-east-1:123456789012:identity/clarity.org',
    from,
  },
});

describe('dataChecks', () => {
  it.each(Object.entries(environments))('accepts %s', (_name, environment) => {
    expect(complaints(environment)).toEqual([]);
  });

  it.each([
    ['retained for less time than the vault allows', { deleteAfterDays: 6 }, 'deleteAfterDays'],
    ['cold for less than 90 days', { coldAfterDays: 11 }, 'deleteAfterDays'],
    [
      'continuous and cold',
      { continuous: true, coldAfterDays: 1, deleteAfterDays: 35 },
      'coldAfterDays',
    ],
    [
      'continuous for more than 35 days',
      { continuous: true, deleteAfterDays: 36 },
      'deleteAfterDays',
    ],
  ])('rejects a backup %s', (_what, settings, setting) => {
    expect(complaints(withRules({ ...rule, ...settings }))).toContain(
      `/data/backup/rules/0/${setting}`,
    );
  });

  it.each([
    ['cold for 90 days', { coldAfterDays: 10 }],
    ['continuous for 35 days', { continuous: true, deleteAfterDays: 35 }],
    ['retained for the vault’s minimum', { deleteAfterDays: 7 }],
  ])('accepts a backup %s', (_what, settings) => {
    expect(complaints(withRules({ ...rule, ...settings }))).toEqual([]);
  });

  it('rejects a repeated rule name', () => {
    const weekly = { ...rule, name: 'weekly' };
    expect(complaints(withRules(rule, weekly, rule))).toEqual(['/data/backup/rules/2/name']);
  });

  it('accepts an immutable vault only with protection from destruction', () => {
    const immutable = withData({
      auth: withSender('no-reply@clarity.org'),
      backup: { ...dev.data.backup, immutableAfterDays: 14 },
    });
    expect(complaints(immutable)).toEqual(['/data/backup/immutableAfterDays']);
    const protection = { ...dev.protection, preventDestroy: true, emptyOnDestroy: false };
    expect(complaints({ ...immutable, protection })).toEqual([]);
  });

  it('rejects emptying protected resources', () => {
    const protection = { ...dev.protection, preventDestroy: true, emptyOnDestroy: true };
    const environment = withData({ auth: withSender('no-reply@clarity.org') });
    expect(complaints({ ...environment, protection })).toEqual(['/protection/emptyOnDestroy']);
  });

  it('accepts only rotation functions in the same account and region', () => {
    expect(complaints(rotatedBy(here))).toEqual([]);
    for (const elsewhere of [
      here.replace(dev.account.id, '999999999999'),
      here.replace(dev.account.region, 'eu-west-1'),
    ])
      expect(complaints(rotatedBy(elsewhere))).toEqual(['/data/cursorKeyRotation/lambdaArn']);
  });

  it('rejects Cognito’s own sender, which has a low limit, if users are kept', () => {
    const protection = { ...dev.protection, preventDestroy: true, emptyOnDestroy: false };
    expect(complaints({ ...dev, protection })).toEqual(['/data/auth/email/kind']);
  });

  it('accepts only senders of the SES identity', () => {
    const from = (sender: string) => complaints(withData({ auth: withSender(sender) }));
    expect(from('no-reply@clarity.org')).toEqual([]);
    for (const other of ['no-reply@notclarity.org', 'clarity.org@example.com'])
      expect(from(other)).toEqual(['/data/auth/email/from']);
  });

  it('rejects a previous key for version 1', () => {
    const withKey = (version: number, previous: 'none' | 'opens' | 'signs') =>
      complaints(withData({ cursorKey: { version, previous } }));
    expect(withKey(1, 'opens')).toEqual(['/data/cursorKey/previous']);
    expect(withKey(1, 'signs')).toEqual(['/data/cursorKey/previous']);
    expect(withKey(1, 'none')).toEqual([]);
    expect(withKey(2, 'signs')).toEqual([]);
  });
});
