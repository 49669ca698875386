import { Checkouts } from './checkouts';

test('jobs that run at the same time never share a place, and the next one has the first that is free', () => {
  const checkouts = new Checkouts('/runners');
  const [first, second, third] = [checkouts.take(), checkouts.take(), checkouts.take()];
  expect(new Set([first, second, third].map(({ workspace }) => workspace)).size).toBe(3);
  second.release();
  first.release();
  expect(checkouts.take().workspace).toBe(first.workspace);
  expect(checkouts.take().workspace).toBe(second.workspace);
});
