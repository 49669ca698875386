import { wildcardResources } from '../../src/constructs/wildcard-resources';
import { forEach, type Policy } from './policy';

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly NotResource?: unknown;
}

const identityPolicies = ['aws_iam_role_policy', 'aws_iam_policy'];
const list = (value: string | readonly string[] | undefined) =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function allowed(policy: unknown): readonly Statement[] {
  const { Statement } = JSON.parse(String(policy)) as { Statement: Statement[] };
  return Statement.filter(({ Effect }) => Effect === 'Allow');
}

export const permissions: readonly Policy[] = [
  forEach('no role may do everything', identityPolicies, ({ args }) => {
    const broad = allowed(args['policy']).flatMap(({ Action, NotAction }) => [
      ...list(Action).filter((action) => action === '*' || action.endsWith(':*')),
      ...(NotAction === undefined ? [] : ['NotAction']),
    ]);
    return broad.length > 0 ? `allows ${broad.join(', ')}` : undefined;
  }),
  forEach('every resource only where AWS knows nothing narrower', identityPolicies, ({ args }) => {
    const unexcused = allowed(args['policy'])
      .filter(
        ({ Resource, NotResource }) => NotResource !== undefined || list(Resource).includes('*'),
      )
      .flatMap(({ Action }) => list(Action))
      .filter((action) => !Object.hasOwn(wildcardResources, action));
    return unexcused.length > 0 ? `on every resource: ${unexcused.join(', ')}` : undefined;
  }),
];
