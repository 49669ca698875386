import type { Access } from '../../contract';
import type { Grant } from '../access/permissions';
import { isPullRequest } from '../state/store';
import { numberIn, type Route } from './route';

/** Issues and pull requests share operations; what a token needs for them is that of the number. */
function grantsOf(
  { store, path }: Parameters<Route['needs']>[0],
  access: Access,
): readonly Grant[] {
  const number =
    'comment_id' in path
      ? store.commentsById.get(numberIn(path, 'comment_id'))?.issue
      : numberIn(path, 'issue_number');
  const record = number === undefined ? undefined : store.numbered.get(number);
  return record && !isPullRequest(record)
    ? [['issues', access]]
    : [
        ['issues', access],
        ['pull-requests', access],
      ];
}

export const readsOf: Route['needs'] = (call) => grantsOf(call, 'read');
export const writesOf: Route['needs'] = (call) => grantsOf(call, 'write');
