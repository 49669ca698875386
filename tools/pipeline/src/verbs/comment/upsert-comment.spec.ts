import type { Comment, Comments } from '../../core/github/comments';
import { upsertComment } from './upsert-comment';

const bot = 'github-actions[bot]';
const marker = '<!-- clarity-plan:dev -->';
const ours = (body: string) => ({ author: bot, marker, body: `${marker}\n${body}` });

/** A pull request with comments; `intervene` acts as another user before one of our calls. */
function pullRequest(intervene: Partial<Record<keyof Comments, () => void>> = {}) {
  const comments: Comment[] = [];
  let lastId = 0;
  const add = (author: string, body: string) => {
    const comment = { id: ++lastId, author, body, url: `#${lastId}` };
    comments.push(comment);
    return comment;
  };
  const remove = (id: number) => {
    const index = comments.findIndex((comment) => comment.id === id);
    if (index >= 0) comments.splice(index, 1);
  };
  const before = (call: keyof Comments) => {
    const act = intervene[call];
    delete intervene[call];
    act?.();
  };
  const port: Comments = {
    list: async () => {
      before('list');
      return [...comments];
    },
    create: async (body) => {
      before('create');
      return add(bot, body);
    },
    update: async (id, body) => {
      before('update');
      const index = comments.findIndex((comment) => comment.id === id);
      const found = comments[index];
      return found && (comments[index] = { ...found, body });
    },
    remove: async (id) => remove(id),
  };
  return { comments, add, remove, port };
}

test('the first run creates the comment, later runs edit it', async () => {
  const { port, comments } = pullRequest();
  expect((await upsertComment(port, ours('one'))).action).toBe('created');
  expect((await upsertComment(port, ours('two'))).action).toBe('updated');
  expect((await upsertComment(port, ours('two'))).action).toBe('unchanged');
  expect(comments).toEqual([expect.objectContaining({ id: 1, body: `${marker}\ntwo` })]);
});

test('does not touch a comment that is by another user or quotes ours', async () => {
  const { port, comments, add } = pullRequest();
  add('mallory', `${marker}\nnothing to see`);
  add(bot, `> ${marker}`);
  await upsertComment(port, ours('one'));
  expect(comments).toHaveLength(3);
  expect(comments[0]?.body).toBe(`${marker}\nnothing to see`);
});

test('each environment has its own comment', async () => {
  const { port, comments } = pullRequest();
  const prod = '<!-- clarity-plan:prod -->';
  await upsertComment(port, ours('dev'));
  await upsertComment(port, { author: bot, marker: prod, body: prod });
  expect(comments).toHaveLength(2);
});

test('creates the comment again if a person deleted it', async () => {
  const { port, comments, remove } = pullRequest();
  await upsertComment(port, ours('one'));
  remove(1);
  expect((await upsertComment(port, ours('two'))).action).toBe('created');
  expect(comments.map(({ id }) => id)).toEqual([2]);
});

test('creates the comment again if it is deleted during the edit', async () => {
  const fake = pullRequest({ update: () => fake.remove(1) });
  fake.add(bot, `${marker}\none`);
  expect((await upsertComment(fake.port, ours('two'))).action).toBe('created');
  expect(fake.comments).toEqual([expect.objectContaining({ id: 2, body: `${marker}\ntwo` })]);
});

test('two runs that create the comment at the same time leave one comment', async () => {
  const fake = pullRequest({ create: () => fake.add(bot, `${marker}\nof the other run`) });
  const { comment } = await upsertComment(fake.port, ours('one'));
  expect(comment.id).toBe(1);
  expect(fake.comments).toEqual([expect.objectContaining({ id: 1, body: `${marker}\none` })]);
});

test('two runs in lockstep leave one comment', async () => {
  const { port, comments } = pullRequest();
  await Promise.all([upsertComment(port, ours('one')), upsertComment(port, ours('two'))]);
  expect(comments).toHaveLength(1);
});
