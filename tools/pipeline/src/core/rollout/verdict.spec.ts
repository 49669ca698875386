import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import fc from 'fast-check';
import { exits } from '../../errors';
import type { PrimaryDeployment } from './service-deployments';
import { verdictOf } from './verdict';

const ours = { revision: '2', taskDefinition: 'api:2', state: 'COMPLETED' } as const;
const previous = { revision: '1', taskDefinition: 'api:1', state: 'COMPLETED' } as const;

/** A rollout of revision 2, of which ECS shows these parts. */
function observed(
  status: ServiceDeploymentStatus | undefined,
  { primary = ours as PrimaryDeployment, ageMs = 1_000 } = {},
) {
  const deployment = status && { arn: 'arn:deployment/2', revision: '2', status };
  return verdictOf({ revision: '2', primary, deployment, ageMs });
}

const statuses: Record<ServiceDeploymentStatus, string> = {
  PENDING: 'underway',
  IN_PROGRESS: 'underway',
  STOP_REQUESTED: 'underway',
  SUCCESSFUL: 'success',
  STOPPED: 'stopped',
  ROLLBACK_REQUESTED: 'rolling back',
  ROLLBACK_IN_PROGRESS: 'rolling back',
  ROLLBACK_SUCCESSFUL: 'rolledBack',
  ROLLBACK_FAILED: 'rollbackFailed',
};

test.each(Object.entries(statuses))('%s is %s', (status, expected) => {
  const verdict = observed(status as ServiceDeploymentStatus);
  const text =
    verdict.kind === 'failure'
      ? verdict.reason
      : verdict.kind === 'underway' && verdict.rollingBack
        ? 'rolling back'
        : verdict.kind;
  expect(text).toBe(expected);
});

test('a deployment that ECS does not show is not visible yet, for a minute', () => {
  const notShown = (ageMs: number) => observed(undefined, { primary: previous, ageMs });
  expect(notShown(59_000).kind).toBe('underway');
  expect(notShown(60_000)).toMatchObject({ kind: 'failure', reason: 'noDeployment' });
});

test('a service that has gone back to a revision which ECS has no history of is judged by its state', () => {
  const goingBack = (state: PrimaryDeployment['state']) =>
    observed(undefined, { primary: { ...ours, state }, ageMs: 60_000 });
  expect(goingBack('IN_PROGRESS').kind).toBe('underway');
  expect(goingBack('COMPLETED').kind).toBe('success');
  expect(goingBack('FAILED')).toMatchObject({ kind: 'failure', reason: 'rollbackFailed' });
});

test('a deployment that succeeded and was replaced since is not success', () => {
  const replaced = (ageMs: number) => observed('SUCCESSFUL', { primary: previous, ageMs });
  expect(replaced(1_000).kind).toBe('underway');
  expect(replaced(60_000)).toMatchObject({ kind: 'failure', reason: 'stopped' });
});

test('a status that AWS adds later is an error that names it', () => {
  expect(observed('PAUSED' as ServiceDeploymentStatus)).toMatchObject({
    kind: 'failure',
    text: expect.stringContaining('PAUSED'),
  });
});

test('only SUCCESSFUL with the service still at our revision is success, once ECS shows the deployment', () => {
  const anyStatus = fc.constantFrom(...(Object.keys(statuses) as ServiceDeploymentStatus[]));
  fc.assert(
    fc.property(anyStatus, fc.constantFrom(ours, previous), fc.nat(), (status, primary, ageMs) => {
      const isSuccess = observed(status, { primary, ageMs }).kind === 'success';
      expect(isSuccess).toBe(status === 'SUCCESSFUL' && primary === ours);
    }),
  );
});

test('each way to end has its own exit code', () => {
  const codes = Object.values(exits).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
