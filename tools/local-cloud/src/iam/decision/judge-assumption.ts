import type { PolicyDirectory } from '../directory/policy-directory';
import { accountOf, roleName } from '../principal';
import { textsOf, type AwsCall } from '../request/aws-call';
import { contextFrom } from '../request/context-keys';
import { evaluate } from './evaluate';

/**
 * Whether the trust policy of a role allows a web identity to assume it, and whether the role exists. The other callers of
 * AssumeRole are judged like any call.
 * @returns AWS's sentence if it does not
 */
export async function judgeAssumption(
  { operation, parameters }: AwsCall,
  directory: PolicyDirectory,
): Promise<string | undefined> {
  const [resource = ''] = textsOf(parameters, 'RoleArn');
  const action = `sts:${operation}`;
  const role = await directory.role(roleName(resource));
  const refusal = `Not authorized to perform ${action}`;
  if (role?.arn !== resource) return refusal;
  if (operation !== 'AssumeRoleWithWebIdentity') return undefined;
  const claims = claimsOf(textsOf(parameters, 'WebIdentityToken')[0] ?? '');
  const issuer = String(claims['iss'] ?? '').replace(/^https?:\/\//, '');
  const context = new Map(
    ['sub', 'aud', 'amr', 'azp'].flatMap((name) =>
      claims[name] === undefined
        ? []
        : [[`${issuer}:${name}`.toLowerCase(), [claims[name]].flat().map(String)] as const],
    ),
  );
  const provider = `arn:aws:iam::${accountOf(resource)}:oidc-provider/${issuer}`;
  const { allowed } = evaluate(
    { action, resource, context },
    { identity: [], resource: role.trust },
    { kind: 'federated', provider },
  );
  return allowed ? undefined : refusal;
}

/** Whether a role exists and trusts a service of AWS, which assumes it for a resource. */
export async function mayAssume(
  service: string,
  roleArn: string,
  keys: Readonly<Record<string, string>>,
  directory: Pick<PolicyDirectory, 'role'>,
): Promise<boolean> {
  const role = await directory.role(roleName(roleArn));
  if (role?.arn !== roleArn) return false;
  const context = contextFrom(Object.entries(keys).map(([key, value]) => [key, [value]]));
  return evaluate(
    { action: 'sts:AssumeRole', resource: roleArn, context },
    { identity: [], resource: role.trust },
    { kind: 'service', service },
  ).allowed;
}

/** The claims of a JSON Web Token, unverified: signatures are the business of STS. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return JSON.parse(payload) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
