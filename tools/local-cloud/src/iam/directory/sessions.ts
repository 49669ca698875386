import type { Principal } from '../principal';
import { textsIn, type CallQuery } from './moto-query';

/** The principal of an access key; undefined if AWS has no such key. */
export type FindPrincipal = (accessKeyId: string) => Promise<Principal | undefined>;

/**
 * Finds out by asking STS with that key. Keys of users count as administrators, because only roles are judged.
 */
export function principalFinder(
  call: CallQuery,
  administratorKeys: ReadonlySet<string>,
): FindPrincipal {
  const known = new Map<string, Principal>();
  return async (accessKeyId) => {
    if (administratorKeys.has(accessKeyId)) return { kind: 'administrator' };
    const found = known.get(accessKeyId) ?? (await ask(call, accessKeyId));
    if (found) known.set(accessKeyId, found);
    return found;
  };
}

async function ask(call: CallQuery, accessKeyId: string): Promise<Principal | undefined> {
  const identity = await call(
    'sts',
    'us-east-1',
    { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    accessKeyId,
  );
  const [assumedRoleArn = ''] = textsIn(identity ?? '', 'Arn');
  // What moto answers for a key that it does not have.
  if (assumedRoleArn.endsWith(':user/moto')) return undefined;
  const [, name, sessionName = ''] = /:assumed-role\/(.+)\/([^/]+)$/.exec(assumedRoleArn) ?? [];
  if (name === undefined) return assumedRoleArn === '' ? undefined : { kind: 'administrator' };
  const role = await call('iam', 'us-east-1', {
    Action: 'GetRole',
    Version: '2010-05-08',
    RoleName: name,
  });
  const [arn] = textsIn(role ?? '', 'Arn');
  return arn === undefined ? undefined : { kind: 'role', arn, assumedRoleArn, sessionName };
}
