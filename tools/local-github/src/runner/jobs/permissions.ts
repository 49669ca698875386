import type { Access, Permissions } from '../../contract';
import { isObject, type Node } from '../workflow/node';

/** What a token may do if a file sets nothing: GitHub's restricted default. */
export const defaultPermissions: Permissions = { contents: 'read', packages: 'read' };

/** The most that a permission can be, for a run of code from a fork. */
export const forkPermissions: Permissions = { contents: 'read', 'pull-requests': 'read' };

/** Reads a `permissions` block; a permission that it does not name is none. */
export function readPermissions(node: Node | undefined): Permissions | undefined {
  if (node === undefined) return undefined;
  if (!isObject(node))
    throw new Error('Name each permission; read-all and write-all are too many.');
  return Object.fromEntries(
    Object.entries(node).filter(
      (entry): entry is [string, Access] => entry[1] === 'read' || entry[1] === 'write',
    ),
  );
}

/** The lesser of two grants: a called workflow never has more than its caller. */
export function within(permissions: Permissions, limit: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(permissions).flatMap(([name, access]): [string, Access][] => {
      const most = limit[name];
      if (!most) return [];
      return [[name, most === 'read' ? 'read' : access]];
    }),
  );
}

/**
 * What a called workflow asks for beyond what its caller has. GitHub refuses to start such a run.
 * @returns the permissions by name
 */
export function beyond(permissions: Permissions, limit: Permissions): readonly string[] {
  return Object.entries(permissions)
    .filter(([name, access]) => !limit[name] || (access === 'write' && limit[name] === 'read'))
    .map(([name, access]) => `${name}: ${access}`);
}
