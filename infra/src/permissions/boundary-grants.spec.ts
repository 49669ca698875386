import { resources } from '../../test/policies/policy';
import { parsed } from '../../test/synthesise';
import { synthesiseEnvironment } from '../../test/synthesise-environment';
import { environments } from '../environments/select';
import { boundaryGrants } from './boundary-grants';

const account = { id: '222222222222', region: 'us-east-1' };
const allowed = new Set(boundaryGrants(account).flatMap(({ actions }) => actions));

describe('boundaryGrants', () => {
  it.each(Object.keys(environments))('allows everything that roles of %s are granted', (name) => {
    const environment = synthesiseEnvironment(name);
    const cut = resources(environment, 'aws_iam_role_policy').flatMap(({ address, args }) =>
      parsed(args['policy'])
        .Statement.flatMap(({ Action }) => [Action as string | string[]].flat())
        .filter((action) => !allowed.has(action))
        .map((action) => `${address}: ${action}`),
    );
    expect(cut).toEqual([]);
  });

  it('denies identities, key policies and the state', () => {
    const actions = [...allowed];
    expect(actions.filter((action) => /^(iam|sts|organizations):/.test(action))).toEqual([]);
    expect(actions.filter((action) => /^kms:(Put|Schedule|Disable|Update)/.test(action))).toEqual(
      [],
    );
    const text = JSON.stringify(boundaryGrants(account));
    expect(text).not.toContain('tfstate');
    expect(text).not.toContain('arn:aws:s3:::*');
  });
});
