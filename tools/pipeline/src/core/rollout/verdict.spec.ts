import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import fc from 'fast-check';
import { exits } from '../../errors';
import { verdictOf } from './verdict';

const wanted = 'arn:aws:ecs:us-east-1:123456789012:task-definition/clarity-local-api:7';
const previous = wanted.replace(':7', ':6');

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
  const verdict = verdictOf({ status: status as ServiceDeploymentStatus, target: wanted }, wanted);
  const text =
    verdict.kind === 'failure'
      ? verdict.reason
      : verdict.kind === 'underway' && verdict.rollingBack
        ? 'rolling back'
        : verdict.kind;
  expect(text).toBe(expected);
});

test('a missing deployment is an error, never success', () => {
  expect(verdictOf(undefined, wanted)).toMatchObject({ kind: 'failure', reason: 'noDeployment' });
});

test('a status that AWS adds later is an error that names it', () => {
  const status = 'PAUSED' as ServiceDeploymentStatus;
  expect(verdictOf({ status, target: wanted }, wanted)).toMatchObject({
    kind: 'failure',
    text: expect.stringContaining('PAUSED'),
  });
});

test('only SUCCESSFUL of our own task definition is success', () => {
  const anyStatus = fc.constantFrom(...(Object.keys(statuses) as ServiceDeploymentStatus[]));
  fc.assert(
    fc.property(anyStatus, fc.constantFrom(wanted, previous), (status, target) => {
      const isSuccess = verdictOf({ status, target }, wanted).kind === 'success';
      expect(isSuccess).toBe(status === 'SUCCESSFUL' && target === wanted);
    }),
  );
});

test('each way to end has its own exit code', () => {
  const codes = Object.values(exits).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
