import fc from 'fast-check';
import { releaseStatuses, type ReleaseStatus, type Release } from '../../core/releases/release';
import { apps } from '../../core/names';
import { chooseRelease, mixReleases } from './choose-release';

const digest = `registry/app@sha256:${'a'.repeat(64)}`;
const release = (id: string, outcome: ReleaseStatus, revision = id): Release => ({
  id,
  outcome,
  gitSha: 'abc',
  images: { api: digest, 'ml-worker': digest },
  taskDefinitions: { api: `api:${revision}`, 'ml-worker': `worker:${revision}` },
  startedAt: '2026-11-23T02:15:00Z',
  finishedAt: '2026-11-23T02:16:00Z',
  actor: 'ada',
  kind: 'deploy',
});

const v1 = release('1', 'SUCCESSFUL');
const v2 = release('2', 'SUCCESSFUL');
const v3 = release('3', 'ROLLBACK_SUCCESSFUL');

test('skips failed releases, back to the last good one before the current', () => {
  const chosen = chooseRelease({
    current: v2,
    history: [v3, v2, v1],
    inFlight: false,
    services: apps,
  });
  expect(chosen).toBe(v1);
});

test('keeps the current release if a rollout was in flight', () => {
  expect(chooseRelease({ current: v2, history: [v2, v1], inFlight: true, services: apps })).toBe(
    v2,
  );
});

test('a second rollback goes further back, and not to what the first one left', () => {
  const v0 = release('0', 'SUCCESSFUL');
  const back: Release = { ...release('4', 'SUCCESSFUL', '1'), kind: 'rollback', restores: '1' };
  const history = [back, v2, v1, v0];
  expect(chooseRelease({ current: back, history, inFlight: false, services: apps })).toBe(v0);
});

test('a rollback of one service looks for a release in which that service differs', () => {
  const workerOnly: Release = {
    ...v2,
    taskDefinitions: { ...v1.taskDefinitions, 'ml-worker': 'worker:2' },
  };
  const situation = { current: workerOnly, history: [workerOnly, v1], inFlight: false };
  expect(chooseRelease({ ...situation, services: ['ml-worker'] })).toBe(v1);
  expect(() => chooseRelease({ ...situation, services: ['api'] })).toThrow('No earlier');
});

test('services that are not rolled back do not change', () => {
  expect(mixReleases(v1, v2, ['api']).taskDefinitions).toEqual({
    api: 'api:1',
    'ml-worker': 'worker:2',
  });
});

test('a release that is asked for must have been successful', () => {
  const situation = { current: v2, history: [v3, v2, v1], inFlight: false, services: apps };
  expect(chooseRelease({ ...situation, wanted: '1' })).toBe(v1);
  expect(() => chooseRelease({ ...situation, wanted: '3' })).toThrow('ROLLBACK_SUCCESSFUL');
  expect(() => chooseRelease({ ...situation, wanted: '9' })).toThrow('No release 9');
});

test('having no earlier release is an error', () => {
  expect(() =>
    chooseRelease({ current: v1, history: [v1], inFlight: false, services: apps }),
  ).toThrow('No earlier');
});

test('only a successful release that runs something else is chosen from any history', () => {
  const histories = fc.array(
    fc.record({
      outcome: fc.constantFrom(...releaseStatuses),
      revision: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(histories, (entries) => {
      const history = entries.map(({ outcome, revision }, index) =>
        release(String(entries.length - index), outcome, revision),
      );
      const current = history.find(({ outcome }) => outcome === 'SUCCESSFUL');
      try {
        const chosen = chooseRelease({ current, history, inFlight: false, services: apps });
        expect(chosen.outcome).toBe('SUCCESSFUL');
        expect(chosen.taskDefinitions).not.toEqual(current?.taskDefinitions);
      } catch (error) {
        expect(error).toMatchObject({ reason: 'noRelease' });
      }
    }),
  );
});
