import type { WorkflowRun } from '@clarity/local-github/client';
import { recordOf } from './workflow-record';

test('keeps the seconds of each step, and nothing of logs and tokens', () => {
  const run = {
    id: 1,
    file: 'ci.yml',
    event: 'pull_request',
    conclusion: 'success',
    startedAt: '2026-11-23T02:15:00.000Z',
    finishedAt: '2026-11-23T02:16:01.500Z',
    jobs: [
      {
        name: 'check',
        conclusion: 'success',
        permissions: { contents: 'read' },
        steps: [{ name: 'npm ci', conclusion: 'success', seconds: 61.2345 }],
        outputs: { secret: 'x' },
        summary: '',
        annotations: [],
        log: 'a log',
      },
    ],
  } satisfies WorkflowRun;
  const expected = { conclusion: 'success', jobs: { check: 'success' } };
  expect(recordOf(run, 'open a pull request', expected)).toEqual({
    file: 'ci.yml',
    what: 'open a pull request',
    event: 'pull_request',
    conclusion: 'success',
    expected: 'success',
    seconds: 61.5,
    jobs: [
      {
        name: 'check',
        conclusion: 'success',
        expected: 'success',
        steps: [{ name: 'npm ci', conclusion: 'success', seconds: 61.2 }],
      },
    ],
  });
});
