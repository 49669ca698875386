import { commentAnswer } from '../answers/issue';
import { notFound, validationFailed } from '../refusal';
import type { CommentRecord } from '../state/records';
import { requireBodyFits } from './body-limit';
import { requestedIssue } from './issues';
import { bodyOf, numberIn, textIn, type Call, type Routes } from './route';
import { readsOf, writesOf } from './whose-number';

function requestedComment({ store, path }: Call): CommentRecord {
  const comment = store.commentsById.get(numberIn(path, 'comment_id'));
  if (!comment) throw notFound();
  return comment;
}

const shown = ({ store, addresses }: Call, comment: CommentRecord, status = 200) => ({
  status,
  body: commentAnswer(store, addresses, comment),
});

function writtenBody(call: Call): string {
  const body = textIn(bodyOf(call), 'body') ?? '';
  if (body.trim() === '')
    throw validationFailed({ resource: 'IssueComment', field: 'body', code: 'missing_field' });
  requireBodyFits('IssueComment', body);
  return body;
}

export const commentRoutes: Routes = {
  'issues/list-comments': {
    needs: readsOf,
    honours: ['since'],
    answer: (call) => {
      const { store, addresses, query } = call;
      const since = textIn(query, 'since') ?? '';
      const comments = store
        .comments(requestedIssue(call).number)
        .filter(({ updatedAt }) => updatedAt >= since);
      return { list: comments.map((comment) => commentAnswer(store, addresses, comment)) };
    },
  },
  'issues/create-comment': {
    needs: writesOf,
    honours: ['body'],
    answer: (call) => {
      const { store, caller } = call;
      const issue = requestedIssue(call);
      const body = writtenBody(call);
      const now = store.now();
      const comment: CommentRecord = {
        id: store.nextId(),
        issue: issue.number,
        user: caller.login,
        body,
        createdAt: now,
        updatedAt: now,
        minimizedFor: null,
      };
      store.commentsById.set(comment.id, comment);
      issue.updatedAt = now;
      return shown(call, comment, 201);
    },
  },
  'issues/get-comment': {
    needs: readsOf,
    answer: (call) => shown(call, requestedComment(call)),
  },
  'issues/update-comment': {
    needs: writesOf,
    honours: ['body'],
    answer: (call) => {
      const comment = requestedComment(call);
      comment.body = writtenBody(call);
      comment.updatedAt = call.store.now();
      return shown(call, comment);
    },
  },
  'issues/delete-comment': {
    needs: writesOf,
    answer: (call) => {
      call.store.commentsById.delete(requestedComment(call).id);
      return { status: 204 };
    },
  },
};
