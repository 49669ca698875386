import { resources } from '../../test/policies/policy';
import { synthesiseEnvironment } from '../../test/synthesise-environment';
import { wildcardResources } from './wildcard-resources';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

describe('wildcardResources', () => {
  it('lists single actions, each with a reason', () => {
    for (const [action, reason] of Object.entries(wildcardResources)) {
      expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      expect(reason).toMatch(/^[A-Z].+\.$/);
    }
  });

  it('lists no action that no policy uses', () => {
    const prod = synthesiseEnvironment('prod');
    const asked = resources(prod, 'aws_iam_role_policy', 'aws_iam_policy')
      .flatMap(
        ({ args }) => (JSON.parse(String(args['policy'])) as { Statement: Statement[] }).Statement,
      )
      .filter(({ Resource }) => [Resource].flat().includes('*'))
      .flatMap(({ Action }) => [Action].flat());
    expect(Object.keys(wildcardResources).filter((action) => !asked.includes(action))).toEqual([]);
  });
});
