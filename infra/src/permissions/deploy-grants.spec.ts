import { roleBoundaryArn } from './role-boundary-arn';
import { nonproduction } from '../environments/accounts';
import { deployGrants } from './deploy-grants';
import type { Grant } from './least-privilege-policy';
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

/** Whether a grant without conditions covers an action on a resource. */
const allows = (all: readonly Grant[], action: string, resource: string) =>
  all.some(
    ({ actions, resources, conditions }) =>
      !conditions &&
      actions.includes(action) &&
      resources.some((pattern) => matchesGlob(resource, pattern)),
  );

function matchesGlob(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

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

  it('lends keys to services, but uses them itself only through those', () => {
    const using = grants.filter(
      ({ actions, resources }) =>
        actions.some((action) => /^kms:(CreateGrant|.*Encrypt|GenerateDataKey)/.test(action)) &&
        resources.join().endsWith(':key/*'),
    );
    expect(using.map(({ conditions }) => conditions)).toEqual([
      {
        StringEquals: {
          'kms:ViaService': ['backup', 'dynamodb', 'secretsmanager'].map(
            (service) => `${service}.us-east-1.amazonaws.com`,
          ),
        },
      },
    ]);
  });

  it.each([
    ['s3:PutObject', 'clarity-dev-data.tfstate'],
    ['s3:PutObject', 'clarity-dev-data.tfstate.tflock'],
    ['s3:DeleteObject', 'clarity-staging-services.tfstate.tflock'],
    ['s3:PutObject', 'pipeline/staging/main.js'],
  ])('may do %s to the state of its environments: %s', (action, key) => {
    expect(allows(grants, action, `${state.arn}/${key}`)).toBe(true);
  });

  it.each([
    // It names the providers that a person's next bootstrap installs and runs.
    ['s3:PutObject', 'clarity-account.tfstate'],
    ['s3:PutObject', 'clarity-account.tfstate.tflock'],
    ['s3:DeleteObject', 'clarity-account.tfstate.tflock'],
    ['s3:DeleteObject', 'clarity-dev-data.tfstate'],
    ['s3:PutObject', 'pipeline/prod/main.js'],
  ])('may not do %s to other state: %s', (action, key) => {
    expect(allows(grants, action, `${state.arn}/${key}`)).toBe(false);
  });

  it('neither deletes keys or backups nor removes the lock of a vault', () => {
    const forbidden =
      /^(kms:(Disable|ScheduleKeyDeletion)|backup:Delete(RecoveryPoint|BackupVaultLockConfiguration))/;
    expect(actionsOf(grants).filter((action) => forbidden.test(action))).toEqual([]);
  });

  it.each([
    ['cloudwatch:PutMetricAlarm', 'cloudwatch', 'alarm:'],
    ['cloudwatch:DeleteAlarms', 'cloudwatch', 'alarm:'],
    ['cloudwatch:PutMetricAlarm', 'cloudwatch', 'alarm:TargetTracking-service/clarity-dev/api-1'],
    ['cloudwatch:PutMetricAlarm', 'cloudwatch', 'alarm:TargetTracking-endpoint/clarity-dev-1'],
    ['ecs:UpdateService', 'ecs', 'service/clarity-dev/clarity-dev-api'],
    ['sagemaker:UpdateEndpointWeightsAndCapacities', 'sagemaker', 'endpoint/made-up'],
  ])('may scale services and endpoints: %s on %s %s', (action, service, resource) => {
    expect(allows(grants, action, `arn:aws:${service}:us-east-1:111111111111:${resource}`)).toBe(
      true,
    );
  });

  it('grants no change twice', () => {
    const changes = grants
      .filter(({ conditions }) => !conditions)
      .flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`)),
      )
      .filter((change) => !/^[a-z0-9-]+:(Batch)?(Describe|Get|List)/.test(change));
    expect(changes.filter((change, index) => changes.indexOf(change) !== index)).toEqual([]);
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
