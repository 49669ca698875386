import fc from 'fast-check';
import { parsePolicy } from '../policy/parse-policy';
import type { AccessRequest } from '../policy/policy';
import type { Principal } from '../principal';
import { evaluate, type Policies } from './evaluate';

const account = '111111111111';
const role: Principal = {
  kind: 'role',
  arn: `arn:aws:iam::${account}:role/app/task`,
  assumedRoleArn: `arn:aws:sts::${account}:assumed-role/task/s`,
  sessionName: 's',
};
const request = (action: string, resource = '*'): AccessRequest => ({
  action,
  resource,
  context: new Map(),
});
const policy = (...statements: object[]) =>
  parsePolicy('policy', JSON.stringify({ Version: '2012-10-17', Statement: statements }));
const allow = (action: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});
const deny = (action: string) => ({ ...allow(action), Effect: 'Deny' });
const all = policy(allow('*'));
const judge = (policies: Partial<Policies>, asked: AccessRequest, principal: Principal = role) =>
  evaluate(asked, { identity: [], ...policies }, principal);

describe('identity policies', () => {
  it('allow what a statement lists, in any case, and name the statement', () => {
    const identity = [policy(allow('sqs:*'), allow(['S3:get*'], { Sid: 'Read' }))];
    expect(judge({ identity }, request('s3:GetObject'))).toEqual({
      allowed: true,
      by: [{ kind: 'identity', policy: 'policy', sid: 'Read', index: 1 }],
    });
    expect(judge({ identity }, request('s3:PutObject'))).toEqual({
      allowed: false,
      reason: 'no-allow',
    });
  });

  it('deny explicitly before anything allows', () => {
    const identity = [all, policy(deny('s3:*'))];
    const expected = { allowed: false, reason: 'explicit-deny' };
    expect(judge({ identity }, request('s3:GetObject'))).toMatchObject(expected);
  });

  it('match everything but NotAction and NotResource', () => {
    const statement = { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret/*' };
    const identity = [policy(statement)];
    expect(judge({ identity }, request('s3:GetObject', 'arn:aws:s3:::open/a')).allowed).toBe(true);
    expect(judge({ identity }, request('s3:GetObject', 'arn:aws:s3:::secret/a')).allowed).toBe(
      false,
    );
    expect(judge({ identity }, request('iam:GetRole')).allowed).toBe(false);
  });
});

it.each([
  ['boundary', 'boundary'],
  ['session', 'session'],
] as const)('a %s policy limits what identity policies allow', (kind, reason) => {
  const policies = { identity: [all], [kind]: policy(allow('s3:*')) };
  expect(judge(policies, request('s3:GetObject')).allowed).toBe(true);
  expect(judge(policies, request('sqs:SendMessage'))).toEqual({ allowed: false, reason });
  expect(judge({ [kind]: all }, request('sqs:SendMessage')).allowed).toBe(false);
});

describe('a resource policy', () => {
  const bucket = (principal: object | string, more: object = {}) =>
    policy(allow('s3:*', { Principal: principal, ...more }));
  const asked = request('s3:GetObject', 'arn:aws:s3:::bucket/a');

  it('that names the role allows it, within its boundary', () => {
    const resource = bucket({ AWS: role.arn });
    expect(judge({ resource }, asked).allowed).toBe(true);
    expect(judge({ resource, boundary: policy(allow('sqs:*')) }, asked)).toEqual({
      allowed: false,
      reason: 'boundary',
    });
  });

  it('that names the session or everyone allows it beyond its boundary', () => {
    const boundary = policy(allow('sqs:*'));
    for (const principal of ['*', { AWS: role.assumedRoleArn }])
      expect(judge({ resource: bucket(principal), boundary }, asked).allowed).toBe(true);
  });

  it('that names the account leaves it to the identity policies', () => {
    for (const name of [account, `arn:aws:iam::${account}:root`]) {
      const resource = bucket({ AWS: name });
      expect(judge({ resource }, asked)).toEqual({ allowed: false, reason: 'no-allow' });
      expect(judge({ resource, identity: [all] }, asked).allowed).toBe(true);
    }
  });

  it('that names others neither allows nor denies', () => {
    const resource = bucket({ Service: 'logs.amazonaws.com' }, { Effect: 'Deny' });
    expect(judge({ resource, identity: [all] }, asked).allowed).toBe(true);
  });

  it('denies everyone but those of NotPrincipal', () => {
    const except = (arn: string) =>
      policy({ ...deny('s3:*'), NotPrincipal: { AWS: [arn, `arn:aws:iam::${account}:root`] } });
    expect(judge({ resource: except(role.arn), identity: [all] }, asked).allowed).toBe(true);
    const resource = policy({ ...deny('s3:*'), NotPrincipal: { AWS: 'arn:aws:iam::2:role/x' } });
    expect(judge({ resource, identity: [all] }, asked).allowed).toBe(false);
  });
});

it('a key is closed to identity policies unless its policy names the account', () => {
  const asked = request('kms:Decrypt', `arn:aws:kms:us-east-1:${account}:key/1`);
  const key = (principal: object) => policy(allow('kms:*', { Principal: principal }));
  expect(
    judge({ identity: [all], resource: key({ AWS: 'arn:aws:iam::1:role/x' }) }, asked),
  ).toEqual({ allowed: false, reason: 'resource-policy' });
  const open = key({ AWS: `arn:aws:iam::${account}:root` });
  expect(judge({ identity: [all], resource: open }, asked).allowed).toBe(true);
  expect(judge({ resource: open }, asked)).toEqual({ allowed: false, reason: 'no-allow' });
});

it('a trust policy decides who assumes a role', () => {
  const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const trust = policy({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:ref:main' } },
  });
  const asked = (sub: string): AccessRequest => ({
    ...request('sts:AssumeRoleWithWebIdentity', role.arn),
    context: new Map([['token.actions.githubusercontent.com:sub', [sub]]]),
  });
  const caller: Principal = { kind: 'federated', provider };
  expect(judge({ resource: trust }, asked('repo:a/b:ref:main'), caller).allowed).toBe(true);
  expect(judge({ resource: trust }, asked('repo:a/fork:ref:main'), caller)).toEqual({
    allowed: false,
    reason: 'resource-policy',
  });
  expect(
    judge({ resource: trust }, asked('repo:a/b:ref:main'), { kind: 'federated', provider: 'x' })
      .allowed,
  ).toBe(false);
});

describe('for any policies', () => {
  const actions = fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage', 'kms:Decrypt');
  const resources = fc.constantFrom('arn:aws:s3:::a/1', 'arn:aws:s3:::b', 'arn:aws:sqs:r:1:a');
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 's3:*', 's3:GetObject', 'sqs:*', 'kms:Decrypt'),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::*', 'arn:aws:sqs:*'),
    Condition: fc.constantFrom({}, { Bool: { 'aws:s': 'true' } }, { Null: { 'aws:s': 'true' } }),
  });
  const statements = fc.array(statement, { maxLength: 5 });
  const asked = fc.record({
    action: actions,
    resource: resources,
    context: fc.constantFrom(new Map(), new Map([['aws:s', ['true']]])),
  });
  const cases = fc.record({ asked, statements, added: statement, limit: statements });
  const allowed = (request: AccessRequest, identity: readonly object[], boundary?: object[]) =>
    judge(
      { identity: [policy(...identity)], ...(boundary && { boundary: policy(...boundary) }) },
      request,
    ).allowed;
  const property = (
    check: (each: {
      asked: AccessRequest;
      statements: object[];
      added: object;
      limit: object[];
    }) => void,
  ) => fc.assert(fc.property(cases, check));

  it('another Deny never allows more', () => {
    property(({ asked: request, statements: given, added }) => {
      const more = [...given, { ...added, Effect: 'Deny' }];
      if (allowed(request, more)) expect(allowed(request, given)).toBe(true);
    });
  });

  it('another Allow never allows less', () => {
    property(({ asked: request, statements: given, added }) => {
      const more = [...given, { ...added, Effect: 'Allow' }];
      if (allowed(request, given)) expect(allowed(request, more)).toBe(true);
    });
  });

  it('a boundary never allows more', () => {
    property(({ asked: request, statements: given, limit }) => {
      if (allowed(request, given, limit)) expect(allowed(request, given)).toBe(true);
    });
  });

  it('the order of statements does not matter', () => {
    property(({ asked: request, statements: given }) => {
      expect(allowed(request, [...given].reverse())).toBe(allowed(request, given));
    });
  });

  it('an Allow of everything without a Deny allows everything', () => {
    property(({ asked: request, statements: given }) => {
      const allows = given.map((each) => ({ ...each, Effect: 'Allow' }));
      expect(allowed(request, [...allows, allow('*')])).toBe(true);
    });
  });
});
