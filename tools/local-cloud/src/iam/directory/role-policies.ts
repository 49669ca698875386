import { parsePolicy } from '../policy/parse-policy';
import type { NamedPolicy } from '../policy/policy';
import { textsIn, type CallQuery } from './moto-query';

/** What decides what a role may do, and who may assume it. */
export interface RolePolicies {
  readonly arn: string;
  readonly trust: NamedPolicy;
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  readonly boundaryArn?: string;
}

/** Reads a role with its attached and inline policies and its boundary; undefined if there is no such role. */
export async function readRolePolicies(
  call: CallQuery,
  name: string,
): Promise<RolePolicies | undefined> {
  const ask = async (Action: string, parameters: Readonly<Record<string, string>>) =>
    (await call('iam', 'us-east-1', { Action, Version: '2010-05-08', ...parameters })) ?? '';
  const managed = async (PolicyArn: string) => {
    const [VersionId = 'v1'] = textsIn(await ask('GetPolicy', { PolicyArn }), 'DefaultVersionId');
    const version = await ask('GetPolicyVersion', { PolicyArn, VersionId });
    return parsePolicy(lastSegment(PolicyArn), documentIn(version, 'Document'));
  };
  const inline = async (PolicyName: string) =>
    parsePolicy(
      PolicyName,
      documentIn(await ask('GetRolePolicy', { RoleName: name, PolicyName }), 'PolicyDocument'),
    );

  const role = await ask('GetRole', { RoleName: name });
  const [arn] = textsIn(role, 'Arn');
  if (arn === undefined) return undefined;
  const [boundary] = textsIn(role, 'PermissionsBoundaryArn');
  const attached = textsIn(await ask('ListAttachedRolePolicies', { RoleName: name }), 'PolicyArn');
  const own = textsIn(await ask('ListRolePolicies', { RoleName: name }), 'member');
  return {
    arn,
    trust: parsePolicy('trust policy', documentIn(role, 'AssumeRolePolicyDocument')),
    identity: await Promise.all([...attached.map(managed), ...own.map(inline)]),
    ...(boundary !== undefined && {
      boundary: await managed(boundary),
      boundaryArn: boundary,
    }),
  };
}

/** Documents are URL-encoded in the answers of IAM. */
function documentIn(xml: string, element: string): string {
  const [text = '{"Statement": []}'] = textsIn(xml, element);
  return text.startsWith('%') ? decodeURIComponent(text) : text;
}

const lastSegment = (arn: string): string => arn.split('/').pop() ?? arn;
