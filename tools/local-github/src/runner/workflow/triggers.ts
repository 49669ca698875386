import type { GitHubEvent } from '../../contract';
import { NotSupported } from '../not-supported';
import { isObject, placeOf, type Node, type NodeObject } from './node';

/**
 * Whether an event starts a workflow.
 * @param on the file's `on`
 */
export function starts(on: Node | undefined, file: string, event: GitHubEvent): boolean {
  const triggers = asMapping(on);
  if (!Object.hasOwn(triggers, event.kind)) return false;
  const filter = triggers[event.kind];
  switch (event.kind) {
    case 'push':
      return matchesBranch(filter, event.branch);
    case 'pull_request':
    case 'merge_group':
      if (isObject(filter))
        throw new NotSupported(`filters of ${event.kind}`, placeOf(triggers, event.kind));
      return true;
    case 'workflow_dispatch':
    case 'schedule':
      return event.file === file;
  }
}

function asMapping(on: Node | undefined): NodeObject {
  if (typeof on === 'string') return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((name: Node) => [String(name), null]));
  return isObject(on) ? on : {};
}

function matchesBranch(filter: Node | undefined, branch: string): boolean {
  if (!isObject(filter)) return true;
  const { branches, ...others } = filter;
  const [other] = Object.keys(others);
  if (other) throw new NotSupported(`the filter "${other}" of push`, placeOf(filter, other));
  if (!Array.isArray(branches)) return true;
  if (branches.some((pattern) => /[*?![]/.test(String(pattern))))
    throw new NotSupported('patterns of branches', placeOf(filter, 'branches'));
  return branches.includes(branch);
}
