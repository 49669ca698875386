import { wildcardResources } from '../../src/permissions/wildcard-resources';
import type { Arguments } from '../synthesise';
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

const boundaryOf = (args: Arguments) => String(args['permissions_boundary']);

export const permissions: readonly Policy[] = [
  forEach('no role has wildcard actions', identityPolicies, ({ args }) => {
    const broad = allowed(args['policy']).flatMap(({ Action, NotAction }) => [
      ...list(Action).filter((action) => action === '*' || action.endsWith(':*')),
      ...(NotAction === undefined ? [] : ['NotAction']),
    ]);
    return broad.length > 0 ? `allows ${broad.join(', ')}` : undefined;
  }),
  forEach(
    'resource * only for actions that support nothing narrower',
    identityPolicies,
    ({ args }) => {
      const unexcused = allowed(args['policy'])
        .filter(
          ({ Resource, NotResource }) => NotResource !== undefined || list(Resource).includes('*'),
        )
        .flatMap(({ Action }) => list(Action))
        .filter((action) => !Object.hasOwn(wildcardResources, action));
      return unexcused.length > 0 ? `on every resource: ${unexcused.join(', ')}` : undefined;
    },
  ),
  forEach('roles of environments have the boundary', ['aws_iam_role'], ({ stack, args }) =>
    // A person creates the account's own roles.
    stack === 'clarity-account' || /:policy\/clarity-role-boundary$/.test(boundaryOf(args))
      ? undefined
      : 'has no boundary',
  ),
];
