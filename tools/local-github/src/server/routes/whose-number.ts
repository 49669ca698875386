import type { Access } from '../../contract';
import type { Grant } from '../access/permissions';
import { isPullRequest, type Store } from '../state/store';
import { numberIn, type Route } from './route';

/** Issues and pull requests share operations; what a token needs for them is that of the number. */
export function grantsOfNumber(
  store: Store,
  number: number | undefined,
  access: Access,
): readonly Grant[] {
  const record = number === undefined ? undefined : store.numbered.get(number);
  return record && !isPullRequest(record)
    ? [['issues', access]]
    : [
        ['issues', access],
        ['pull-requests', access],
      ];
}

function numberOf({ store, path }: Parameters<Route['needs']>[0]): number | undefined {
  return 'comment_id' in path
    ? store.commentsById.get(numberIn(path, 'comment_id'))?.issue
    : numberIn(path, 'issue_number');
}

export const readsOf: Route['needs'] = (call) => grantsOfNumber(call.store, numberOf(call), 'read');
export const writesOf: Route['needs'] = (call) =>
  grantsOfNumber(call.store, numberOf(call), 'write');
