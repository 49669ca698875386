import { resources } from '../../test/policies/policy';
import { synthesiseEnvironment } from '../../test/synthesise-environment';
import { deployRoleArn } from './deploy-role-arn';

const prod = synthesiseEnvironment('prod');

it('a deploy changes the keys of an environment, but not those of its backups and of the account', () => {
  const aliases = resources(prod, 'aws_kms_alias');
  const closed = resources(prod, 'aws_kms_key')
    .filter(({ args }) => String(args['policy']).includes('"OnlyPeopleChangeIt"'))
    .map(({ stack, address }) =>
      aliases.find(
        (alias) => alias.stack === stack && alias.args['target_key_id'] === `\${${address}.key_id}`,
      ),
    )
    .map((alias) => alias?.args['name']);
  expect(closed.sort()).toEqual([
    'alias/clarity-account',
    'alias/clarity-account-alerts',
    'alias/clarity-prod-backup',
    'alias/clarity-tfstate',
  ]);
});

it('the role that those keys name exists', () => {
  const roles = resources(prod, 'aws_iam_role').map(({ args }) => args['name']);
  expect(roles).toContain(deployRoleArn('').split('/').at(-1));
});
