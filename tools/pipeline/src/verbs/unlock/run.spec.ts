import { inMemoryEnvironment } from '../../../test/in-memory-environment';
import { unlockEnvironment } from './run';

test('names the holder of the lock and releases it', async () => {
  const { context, lines, locks } = inMemoryEnvironment({ root: '' });
  await context.locks.take('deploy');
  await unlockEnvironment(context);
  expect(locks.isFree()).toBe(true);
  expect(lines).toEqual(['released the lock on dev (a deploy), which was held by ada']);
});

test('reports an environment that is not locked', async () => {
  const { context, lines } = inMemoryEnvironment({ root: '' });
  await unlockEnvironment(context);
  expect(lines).toEqual(['dev is not locked']);
});
