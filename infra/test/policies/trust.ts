import type { Arguments } from '../synthesise';
import { forEach, type Policy } from './policy';

interface Statement {
  readonly Effect: string;
  readonly Principal?: { readonly Service?: string; readonly AWS?: string };
  readonly Condition?: Readonly<Record<string, Arguments>>;
}

const statements = (policy: unknown) =>
  (JSON.parse(String(policy)) as { Statement: readonly Statement[] }).Statement;

export const trust: readonly Policy[] = [
  // EC2 passes no source: only a role of this account can be in an instance profile of this account.
  forEach('roles are assumed only under a condition', ['aws_iam_role'], ({ args }) =>
    statements(args['assume_role_policy']).every(
      ({ Principal, Condition }) => Condition || Principal?.Service === 'ec2.amazonaws.com',
    )
      ? undefined
      : 'trusts a service on behalf of any account',
  ),
  forEach('keys are closed to other accounts', ['aws_kms_key'], ({ args }) =>
    statements(args['policy']).every(
      ({ Principal, Condition }) =>
        Principal?.AWS !== '*' || Condition?.['StringEquals']?.['kms:CallerAccount'],
    )
      ? undefined
      : 'is open to every account',
  ),
];
