import type { Access } from '../../contract';
import { Refusal } from '../refusal';
import type { Caller } from './tokens';

/** One permission that is enough, e.g. `['pull-requests', 'write']`. */
export type Grant = readonly [scope: string, access: Access];

/** As GitHub names in a header what would have been enough, e.g. `issues=write; pull_requests=write`. */
function acceptedPermissions(grants: readonly Grant[]): string {
  return grants.map(([scope, access]) => `${scope.replaceAll('-', '_')}=${access}`).join('; ');
}

/**
 * @param grants any one of them is enough
 * @throws Refusal 403
 */
export function requirePermission({ permissions }: Caller, grants: readonly Grant[]): void {
  if (permissions === undefined) return;
  const granted = grants.some(([scope, access]) => {
    // Every token of a repository sees what the repository is.
    const has = scope === 'metadata' ? 'read' : permissions[scope];
    return has === 'write' || (has === 'read' && access === 'read');
  });
  if (!granted)
    throw new Refusal(403, 'Resource not accessible by integration', {
      headers: { 'x-accepted-github-permissions': acceptedPermissions(grants) },
    });
}
