import type { Issue, Issues } from '../../core/github/issues';
import type { PlannedResource } from '../../core/plan-report/plan-document';
import { findDrift, type StackDrift } from './find-drift';
import { renderDrift } from './render-drift';
import type { StackResources } from './ignored-attributes';
import { keepIssue } from './keep-issue';

const bot = 'github-actions[bot]';

function repository() {
  const open: Issue[] = [];
  const comments: string[] = [];
  const closed: number[] = [];
  let last = 0;
  const add = (author: string, body: string) => {
    const issue = { number: ++last, author, body, url: `#${last}` };
    open.push(issue);
    return issue;
  };
  const port: Issues = {
    listOpen: async () => [...open],
    open: async (_title, body) => add(bot, body),
    update: async (number, _title, body) => {
      const index = open.findIndex((issue) => issue.number === number);
      const found = open[index];
      if (found) open[index] = { ...found, body };
    },
    comment: async (_number, body) => void comments.push(body),
    close: async (number) => {
      closed.push(number);
      open.splice(
        open.findIndex((issue) => issue.number === number),
        1,
      );
    },
  };
  return { port, open, comments, closed, add };
}

const queue = (before: number, after: number): PlannedResource => ({
  address: 'aws_sqs_queue.jobs',
  type: 'aws_sqs_queue',
  mode: 'managed',
  change: {
    actions: ['update'],
    before: { delay: before, size: 1 },
    after: { delay: after, size: 1 },
  },
});
const given = { code: { resource: { aws_sqs_queue: { jobs: {} } } }, key: 'key' };
const changedTo = (delay: number): StackDrift =>
  findDrift(
    'data',
    { resource_drift: [queue(0, delay)], resource_changes: [queue(delay, 0)] },
    given,
  );
const asCode = findDrift('data', {}, given);
const night = (stack: StackDrift) => ({ environment: 'dev', commit: 'abc', stacks: [stack] });

test('a manual change opens an issue, another one updates it, and undoing it closes the issue', async () => {
  const { port, open, comments, closed } = repository();
  const run = (stack: StackDrift) => keepIssue(port, night(stack), bot);
  expect((await run(changedTo(5))).action).toBe('opened');
  expect(open[0]?.body).toContain('+ delay = 5');

  expect((await run(changedTo(5))).action).toBe('unchanged');
  expect(comments).toEqual([]);

  expect((await run(changedTo(9))).action).toBe('updated');
  expect(open[0]?.body).toContain('+ delay = 9');
  expect(comments).toHaveLength(1);

  expect((await run(asCode)).action).toBe('closed');
  expect(closed).toEqual([1]);
  expect((await run(asCode)).action).toBe('none');
});

test('leaves issues by others alone, and closes the newer of two of ours', async () => {
  const { port, open, closed, add } = repository();
  add('mallory', '<!-- clarity-drift:dev -->\nclose me');
  await keepIssue(port, night(changedTo(5)), bot);
  add(bot, '<!-- clarity-drift:dev -->\na duplicate');
  await keepIssue(port, night(changedTo(5)), bot);
  expect(closed).toEqual([3]);
  expect(open.map(({ number }) => number)).toEqual([1, 2]);
});

test('changes by the pipeline and autoscalers are not drift', () => {
  const service: PlannedResource = {
    address: 'aws_ecs_service.api',
    type: 'aws_ecs_service',
    change: { actions: ['update'], before: { desired_count: 2 }, after: { desired_count: 5 } },
  };
  const ignoring = {
    resource: { aws_ecs_service: { api: { lifecycle: { ignore_changes: ['desired_count'] } } } },
  };
  const unmanaged = (code: StackResources) =>
    findDrift('services', { resource_drift: [service] }, { ...given, code }).unmanaged;
  expect(unmanaged(ignoring)).toEqual([]);
  expect(unmanaged({})).toEqual([service]);
});

test('changes that no plan would undo are shown with the rest, and open no issue by themselves', async () => {
  const { port, open } = repository();
  const unmanaged = findDrift('data', { resource_drift: [queue(0, 5)] }, given);
  expect((await keepIssue(port, night(unmanaged), bot)).action).toBe('none');
  expect(open).toEqual([]);
  expect(renderDrift(night({ ...changedTo(5), unmanaged: unmanaged.unmanaged }))).toContain(
    'in attributes that the code does not set',
  );
});

test('a resource deleted by hand is shown as deleted, and as created again', () => {
  const { change, ...queueItself } = queue(0, 0);
  const gone = { ...queueItself, change: { actions: ['delete' as const], before: change.before } };
  const again = { ...queueItself, change: { actions: ['create' as const], after: change.after } };
  const text = renderDrift(
    night(findDrift('data', { resource_drift: [gone], resource_changes: [again] }, given)),
  );
  expect(text).toContain('- it no longer exists');
  expect(text).toContain('is created');
});
