import { ConcurrencyGroups } from './concurrency';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test('of those that wait for a deploy the newest is kept, the others are dropped', async () => {
  const groups = new ConcurrencyGroups();
  const first = gate();
  const ran: string[] = [];
  const run = (name: string, wait: Promise<void> = Promise.resolve()) =>
    groups.within({ group: 'prod', cancelInProgress: false }, async () => {
      ran.push(name);
      await wait;
      return name;
    });
  const runs = [run('a', first.opened), run('b'), run('c')];
  first.open();
  await expect(Promise.all(runs)).resolves.toEqual(['a', undefined, 'c']);
  expect(ran).toEqual(['a', 'c']);
});

test('a newer push to a pull request cancels the check of the older', async () => {
  const groups = new ConcurrencyGroups();
  const settings = { group: 'ci-1', cancelInProgress: true };
  const older = groups.within(
    settings,
    (signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve('cancelled'))),
  );
  const newer = groups.within(settings, async () => 'done');
  await expect(Promise.all([older, newer])).resolves.toEqual(['cancelled', 'done']);
});

test('groups do not wait for each other', async () => {
  const groups = new ConcurrencyGroups();
  const forever = gate();
  const slow = groups.within({ group: 'dev', cancelInProgress: false }, () => forever.opened);
  await expect(
    groups.within({ group: 'prod', cancelInProgress: false }, async () => 'done'),
  ).resolves.toBe('done');
  forever.open();
  await slow;
});
