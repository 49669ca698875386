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

/** What runs, if it is what the pointer names. */
const situation = (current: Release, history: readonly Release[]) => ({
  current,
  history,
  running: current.taskDefinitions,
  services: apps,
});

test('skips failed releases, back to the last good one before the current', () => {
  expect(chooseRelease(situation(v2, [v3, v2, v1]))).toBe(v1);
});

test('brings the current release back if something else runs, such as what a killed deploy left', () => {
  const left = { ...situation(v2, [v3, v2, v1]), running: v3.taskDefinitions };
  expect(chooseRelease(left)).toBe(v2);
  expect(chooseRelease({ ...left, services: ['api'] })).toBe(v2);
});

test('brings the current release back after a deploy that never ended, even if ECS shows nothing of it yet', () => {
  const killed = release('3', 'IN_PROGRESS');
  expect(chooseRelease(situation(v2, [killed, v2, v1]))).toBe(v2);
});

test('leaves the current release if only a redeploy of it never ended', () => {
  const redeploy = release('3', 'IN_PROGRESS', '2');
  expect(chooseRelease(situation(v2, [redeploy, v2, v1]))).toBe(v1);
});

test('completes a rollback that never ended', () => {
  const v0 = release('0', 'SUCCESSFUL');
  const killed: Release = {
    ...release('3', 'IN_PROGRESS', '0'),
    kind: 'rollback',
    restores: '0',
  };
  expect(chooseRelease(situation(v2, [killed, v2, v1, v0]))).toBe(v0);
});

test('a second rollback goes further back, and not to what the first one left', () => {
  const v0 = release('0', 'SUCCESSFUL');
  const back: Release = { ...release('4', 'SUCCESSFUL', '1'), kind: 'rollback', restores: '1' };
  expect(chooseRelease(situation(back, [back, v2, v1, v0]))).toBe(v0);
});

test('goes back, however many releases have failed or been rolled back since', () => {
  const failed = Array.from({ length: 300 }, (_, index) =>
    release(String(1_000 - index), index % 2 ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL'),
  );
  const back: Release = { ...release('2000', 'SUCCESSFUL', '2'), kind: 'rollback', restores: '2' };
  expect(chooseRelease(situation(back, [back, ...failed, v2, v1]))).toBe(v1);
});

test('never goes forward if the ledger does not have what runs', () => {
  const lost = release('9', 'SUCCESSFUL');
  expect(() => chooseRelease(situation(lost, [v2, v1]))).toThrow('No earlier');
});

test('a rollback of one service looks for a release in which that service differs', () => {
  const workerOnly: Release = {
    ...v2,
    taskDefinitions: { ...v1.taskDefinitions, 'ml-worker': 'worker:2' },
  };
  const onlyWorker = situation(workerOnly, [workerOnly, v1]);
  expect(chooseRelease({ ...onlyWorker, services: ['ml-worker'] })).toBe(v1);
  expect(() => chooseRelease({ ...onlyWorker, services: ['api'] })).toThrow('No earlier');
});

test('after a rollback of one service, a rollback of both goes to what that one runs, and no further', () => {
  const apiBack: Release = {
    ...v2,
    id: '4',
    kind: 'rollback',
    restores: '1',
    taskDefinitions: { ...v2.taskDefinitions, api: 'api:1' },
  };
  expect(chooseRelease(situation(apiBack, [apiBack, v2, v1]))).toBe(v1);
});

test('services that are not rolled back do not change', () => {
  expect(mixReleases(v1, v2, ['api']).taskDefinitions).toEqual({
    api: 'api:1',
    'ml-worker': 'worker:2',
  });
});

test('a release that is asked for must have been successful', () => {
  const asked = situation(v2, [v3, v2, v1]);
  expect(chooseRelease({ ...asked, wanted: '1' })).toBe(v1);
  expect(() => chooseRelease({ ...asked, wanted: '3' })).toThrow('ROLLBACK_SUCCESSFUL');
  expect(() => chooseRelease({ ...asked, wanted: '9' })).toThrow('No release 9');
});

test('having no earlier release is an error', () => {
  expect(() => chooseRelease(situation(v1, [v1]))).toThrow('No earlier');
});

test('only a successful release that runs something else is chosen from any history', () => {
  const outcomes = releaseStatuses.filter((status) => status !== 'IN_PROGRESS');
  const histories = fc.array(
    fc.record({
      outcome: fc.constantFrom(...outcomes),
      revision: fc.constantFrom('a', 'b', 'c'),
    }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(histories, (entries) => {
      const history = entries.map(({ outcome, revision }, index) =>
        release(String(entries.length - index), outcome, revision),
      );
      const current = history.find(({ outcome }) => outcome === 'SUCCESSFUL') ?? v1;
      try {
        const chosen = chooseRelease(situation(current, history));
        expect(chosen.outcome).toBe('SUCCESSFUL');
        expect(chosen.taskDefinitions).not.toEqual(current.taskDefinitions);
        expect(history.indexOf(chosen)).toBeGreaterThan(history.indexOf(current));
      } catch (error) {
        expect(error).toMatchObject({ reason: 'noRelease' });
      }
    }),
  );
});
