import { roleBoundaryArn } from './role-boundary-arn';
import { nonproduction } from '../environments/accounts';
import { deployGrants } from './deploy-grants';
import { planGrants } from './plan-grants';
import { rollbackGrants } from './rollback-grants';

const state = { arn: 'arn:aws:s3:::clarity-tfstate-111111111111', keyArn: 'arn:key' };
const grants = deployGrants({
  account: nonproduction,
  state,
  repositoryArns: ['arn:repository'],
  imagesKeyArn: 'arn:images-key',
});
const actionsOf = (all: readonly { readonly actions: readonly string[] }[]) =>
  all.flatMap(({ actions }) => actions);

describe('deployGrants', () => {
  it.each([
    'iam:AttachRolePolicy',
    'iam:CreateRole',
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
    'iam:UpdateAssumeRolePolicy',
  ])('allows %s only for bounded roles of an environment', (action) => {
    const giving = grants.filter(({ actions }) => actions.includes(action));
    expect(giving).toHaveLength(1);
    for (const { conditions, resources } of giving) {
      expect(conditions?.['StringEquals']).toMatchObject({
        'iam:PermissionsBoundary': roleBoundaryArn(nonproduction),
      });
      for (const resource of resources)
        expect(resource).toMatch(/:role\/clarity-(dev|staging)-\*$/);
    }
  });

  it('cannot remove a boundary, change a managed policy or add identity providers and users', () => {
    const forbidden =
      /^iam:(DeleteRolePermissionsBoundary|(Create|Delete|SetDefault)Policy.*|.*(OpenIDConnect|SAML)Provider.*|.*(User|AccessKey|LoginProfile)|AttachUserPolicy)$/;
    const own = actionsOf(grants).filter((action) => forbidden.test(action));
    expect(own.filter((action) => action !== 'iam:GetOpenIDConnectProvider')).toEqual([]);
  });

  it('resolves the image of GPU hosts, which Auto Scaling reads as its caller', () => {
    expect(grants).toContainEqual({
      sid: expect.any(String),
      actions: ['ssm:GetParameters'],
      resources: ['arn:aws:ssm:us-east-1::parameter/aws/service/ecs/optimized-ami/*'],
    });
  });

  it('writes a secret that our key encrypts, but uses the key through Secrets Manager only', () => {
    const writing = grants.filter(
      ({ actions, resources }) =>
        actions.includes('kms:GenerateDataKey') && resources.join().endsWith(':key/*'),
    );
    expect(writing.map(({ conditions }) => conditions)).toEqual([
      { StringEquals: { 'kms:ViaService': ['secretsmanager.us-east-1.amazonaws.com'] } },
    ]);
  });

  it('passes instance profiles, too, and to Batch', () => {
    const passing = grants.find(({ sid }) => sid === 'HandRolesOver');
    expect(passing?.resources).toContain(
      'arn:aws:iam::111111111111:instance-profile/clarity-dev-*',
    );
    expect(passing?.conditions?.['StringEquals']?.['iam:PassedToService']).toContain(
      'batch.amazonaws.com',
    );
  });

  it('passes roles only to known services', () => {
    const passing = grants.filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(passing).toHaveLength(2);
    for (const { conditions } of passing)
      expect(conditions?.['StringEquals']).toHaveProperty('iam:PassedToService');
  });
});

describe('the other roles', () => {
  it.each([
    ['plan', planGrants(nonproduction, state)],
    ['rollback', rollbackGrants(nonproduction, state)],
  ] as const)('%s changes no identity', (_name, all) => {
    const changing = actionsOf(all).filter((action) => /^iam:(?!Get|List|PassRole)/.test(action));
    expect(changing).toEqual([]);
  });

  it('plan writes nothing, not even a lock', () => {
    const writing = actionsOf(planGrants(nonproduction, state)).filter((action) =>
      /^(s3:(Put|Delete)|kms:(GenerateDataKey|Encrypt)|dynamodb:(Put|Update|Delete))/.test(action),
    );
    expect(writing).toEqual([]);
  });

  it('rollback hands roles of environments to tasks, and to nothing else', () => {
    const passing = rollbackGrants(nonproduction, state).filter(({ actions }) =>
      actions.includes('iam:PassRole'),
    );
    expect(passing).toMatchObject([
      {
        resources: [
          'arn:aws:iam::111111111111:role/clarity-dev-*',
          'arn:aws:iam::111111111111:role/clarity-staging-*',
        ],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });
});
