import { labelAnswer, labelsOf } from '../answers/issue';
import { notFound, validationFailed } from '../refusal';
import { ensureLabels } from '../state/store';
import { requestedIssue } from './issues';
import { bodyOf, textIn, type Route, type Routes } from './route';
import { readsOf, writesOf } from './whose-number';

const reads: Route['needs'] = () => [
  ['issues', 'read'],
  ['pull-requests', 'read'],
];
const writes: Route['needs'] = () => [
  ['issues', 'write'],
  ['pull-requests', 'write'],
];

export const labelRoutes: Routes = {
  'issues/list-labels-for-repo': {
    needs: reads,
    answer: ({ store, addresses }) => ({
      list: store.labels().map((label) => labelAnswer(addresses, label)),
    }),
  },
  'issues/get-label': {
    needs: reads,
    answer: ({ store, addresses, path }) => {
      const label = store.labelsByName.get((textIn(path, 'name') ?? '').toLowerCase());
      if (!label) throw notFound();
      return { status: 200, body: labelAnswer(addresses, label) };
    },
  },
  'issues/create-label': {
    needs: writes,
    honours: ['name', 'color', 'description'],
    answer: (call) => {
      const { store, addresses } = call;
      const body = bodyOf(call);
      const name = textIn(body, 'name') ?? '';
      if (store.labelsByName.has(name.toLowerCase()))
        throw validationFailed({ resource: 'Label', field: 'name', code: 'already_exists' });
      const color = textIn(body, 'color') ?? 'ededed';
      if (!/^[0-9a-f]{6}$/i.test(color))
        throw validationFailed({ resource: 'Label', field: 'color', code: 'invalid' });
      const label = {
        id: store.nextId(),
        name,
        color,
        description: textIn(body, 'description') ?? null,
      };
      store.labelsByName.set(name.toLowerCase(), label);
      return { status: 201, body: labelAnswer(addresses, label) };
    },
  },
  'issues/list-labels-on-issue': {
    needs: readsOf,
    answer: (call) => ({ list: labelsOf(call.store, call.addresses, requestedIssue(call)) }),
  },
  'issues/add-labels': {
    needs: writesOf,
    honours: ['labels'],
    answer: (call) => {
      const { store, addresses, body } = call;
      const issue = requestedIssue(call);
      const { labels = [] } = body as { labels?: readonly (string | { name: string })[] };
      const names = labels.map((label) => (typeof label === 'string' ? label : label.name));
      issue.labels = ensureLabels(store, [...issue.labels, ...names]);
      return { status: 200, body: labelsOf(store, addresses, issue) };
    },
  },
};
