import { clockByHand } from '../service/testing/clock-by-hand';
import { scheduledService } from '../service/testing/scheduled-service';

it('puts the life of a failing deployment on the event bus', async () => {
  const { clock, pass } = clockByHand();
  const { scheduler, service, putEvents } = scheduledService(clock);
  scheduler.deploy(service);
  const deploymentId = service.state.deployments[0]?.id ?? '';
  await pass(10_000);
  scheduler.close();
  const named = putEvents.map(({ detailType, detail }) => [
    detailType,
    detail['eventType'],
    detail['eventName'],
  ]);
  expect(named).toEqual([
    ['ECS Deployment State Change', 'INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS'],
    ['ECS Service Action', 'WARN', 'SERVICE_TASK_START_IMPAIRED'],
    ['ECS Deployment State Change', 'ERROR', 'SERVICE_DEPLOYMENT_FAILED'],
  ]);
  expect(putEvents[0]?.detail['reason']).toBe(`ECS deployment ${deploymentId} in progress.`);
  expect(putEvents.at(-1)).toMatchObject({
    resources: [service.arn],
    region: 'us-east-1',
    detail: { deploymentId, reason: 'ECS deployment circuit breaker: tasks failed to start.' },
  });
});
