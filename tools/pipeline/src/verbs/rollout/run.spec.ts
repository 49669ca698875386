import { inMemoryEnvironment, releaseOf } from '../../../test/in-memory-environment';
import { watchNewest } from './run';

async function rolledOut(ends: Record<string, 'SUCCESSFUL' | 'ROLLBACK_SUCCESSFUL'>) {
  const memory = inMemoryEnvironment({ root: '', history: [releaseOf('v1')], ends });
  await memory.context.deployments.api.update('api:v2');
  await memory.context.deployments['ml-worker'].update('ml-worker:v2');
  return memory;
}

test('reports the verdict of the newest deployment of every service', async () => {
  const { context, lines } = await rolledOut({});
  await watchNewest(context);
  expect(lines.toSorted()).toEqual(['api: SUCCESSFUL', 'ml-worker: SUCCESSFUL']);
});

test('ends with the verdict of a service that failed', async () => {
  const { context } = await rolledOut({ 'ml-worker:v2': 'ROLLBACK_SUCCESSFUL' });
  await expect(watchNewest(context)).rejects.toMatchObject({ reason: 'rolledBack' });
});

test('a service without deployments is an error', async () => {
  const { context } = inMemoryEnvironment({ root: '' });
  await expect(watchNewest(context)).rejects.toMatchObject({ reason: 'noDeployment' });
});
