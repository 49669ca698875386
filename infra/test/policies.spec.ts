import { environments } from '../src/environments/select';
import { policies } from './policies';
import { ofProduction } from './policies/operations';
import { synthesiseEnvironment } from './synthesise-environment';

describe.each(Object.keys(environments))('%s', (name) => {
  const environment = synthesiseEnvironment(name);
  test.each(policies.map((policy) => [policy.name, policy] as const))('%s', (_name, policy) => {
    expect(policy.check(environment)).toEqual([]);
  });
});

test.each(ofProduction.map((policy) => [policy.name, policy] as const))(
  'prod: %s',
  (_name, policy) => {
    expect(policy.check(synthesiseEnvironment('prod'))).toEqual([]);
  },
);
