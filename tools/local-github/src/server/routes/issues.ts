import { issueAnswer } from '../answers/issue';
import { notFound, validationFailed } from '../refusal';
import type { IssueRecord } from '../state/records';
import { ensureLabels, isPullRequest, type Store } from '../state/store';
import { requireBodyFits } from './body-limit';
import { inOrder } from './order';
import { bodyOf, numberIn, textIn, type Call, type Routes } from './route';
import { writesOf, readsOf } from './whose-number';

export function requestedIssue({ store, path }: Pick<Call, 'store' | 'path'>): IssueRecord {
  const record = store.numbered.get(numberIn(path, 'issue_number'));
  if (!record) throw notFound();
  return record;
}

const shown = ({ store, addresses }: Call, record: IssueRecord, status = 200) => ({
  status,
  body: issueAnswer(store, addresses, record),
});

export const issueRoutes: Routes = {
  'issues/list-for-repo': {
    needs: () => [['issues', 'read']],
    honours: ['state', 'labels', 'creator', 'since', 'sort', 'direction'],
    answer: ({ store, addresses, query }) => {
      const state = textIn(query, 'state') ?? 'open';
      const labels = namesIn(textIn(query, 'labels'));
      const [creator, since] = [textIn(query, 'creator'), textIn(query, 'since')];
      const fits = (record: IssueRecord) =>
        (state === 'all' || record.state === state) &&
        labels.every((label) => record.labels.some((each) => each.toLowerCase() === label)) &&
        (creator === undefined || record.user === creator) &&
        (since === undefined || record.updatedAt >= since);
      // GitHub lists pull requests among the issues.
      const list = inOrder([...store.numbered.values()].filter(fits), query);
      return { list: list.map((record) => issueAnswer(store, addresses, record)) };
    },
  },
  'issues/create': {
    needs: () => [['issues', 'write']],
    honours: ['title', 'body', 'labels'],
    answer: (call) => {
      const body = bodyOf(call);
      const title = titleIn(body['title']);
      requireBodyFits('Issue', body['body']);
      const { store } = call;
      const createdAt = store.now();
      const record: IssueRecord = {
        id: store.nextId(),
        number: store.nextNumber(),
        user: call.caller.login,
        title,
        body: textIn(body, 'body') ?? null,
        labels: labelsIn(store, body['labels']),
        state: 'open',
        stateReason: null,
        createdAt,
        updatedAt: createdAt,
        closedAt: null,
        closedBy: null,
      };
      store.numbered.set(record.number, record);
      return shown(call, record, 201);
    },
  },
  'issues/get': {
    needs: readsOf,
    answer: (call) => shown(call, requestedIssue(call)),
  },
  'issues/update': {
    needs: writesOf,
    honours: ['title', 'body', 'state', 'state_reason', 'labels'],
    answer: (call) => {
      const record = requestedIssue(call);
      const body = bodyOf(call);
      const title = body['title'] === undefined ? record.title : titleIn(body['title']);
      requireBodyFits('Issue', body['body']);
      record.title = title;
      if (body['body'] !== undefined) record.body = textIn(body, 'body') ?? null;
      if (body['labels'] !== undefined) record.labels = labelsIn(call.store, body['labels']);
      const state = textIn(body, 'state');
      if (state === 'open' || state === 'closed')
        changeState(call, record, state, textIn(body, 'state_reason'));
      record.updatedAt = call.store.now();
      return shown(call, record);
    },
  },
};

function changeState(
  { store, caller }: Call,
  record: IssueRecord,
  state: IssueRecord['state'],
  reason: string | undefined,
): void {
  const changes = state !== record.state;
  if (!changes && reason === undefined) return;
  const closes = state === 'closed';
  const standard = closes ? 'completed' : 'reopened';
  record.state = state;
  if (!isPullRequest(record))
    record.stateReason = (reason as IssueRecord['stateReason'] | undefined) ?? standard;
  if (changes) {
    record.closedAt = closes ? store.now() : null;
    record.closedBy = closes ? caller.login : null;
  }
}

function titleIn(value: unknown): string {
  const title = String(value ?? '').trim();
  if (title === '')
    throw validationFailed({ resource: 'Issue', field: 'title', code: 'missing_field' });
  return title;
}

function labelsIn(store: Store, labels: unknown): readonly string[] {
  if (!Array.isArray(labels)) return [];
  const names = labels.map((label: string | { name?: string }) =>
    typeof label === 'string' ? label : (label.name ?? ''),
  );
  return ensureLabels(store, names);
}

const namesIn = (text = '') => text.toLowerCase().split(',').filter(Boolean);
