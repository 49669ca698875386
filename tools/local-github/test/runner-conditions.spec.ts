import { jobOf, steps, workflow, workflowRunner, type WorkflowRunner } from './workflow-runner';

let runner: WorkflowRunner;

beforeEach(async () => {
  runner = await workflowRunner();
});
afterEach(() => runner.remove());

const run = (jobs: string) => runner.run({ 'a.yml': workflow(jobs) });

const conclusions = (runs: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(runs[0]?.jobs.map(({ name, conclusion }) => [name, conclusion]) ?? []);

test('failure() sees every ancestor, and one that was skipped skips the chain', async () => {
  const runs = await run(`
  first: { runs-on: ubuntu-24.04, steps: [{ run: exit 1 }] }
  cleanup: { needs: first, if: always(), runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
  next: { needs: cleanup, runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
  alarm: { needs: cleanup, if: failure(), runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
  skipped: { if: false, runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
  after: { needs: skipped, if: "!cancelled()", runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
  last: { needs: after, runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
`);
  expect(conclusions(runs)).toEqual({
    first: 'failure',
    cleanup: 'success',
    next: 'skipped',
    alarm: 'success',
    skipped: 'skipped',
    after: 'success',
    last: 'skipped',
  });
});

test('job.status follows the steps, and a tolerated failure does not count', async () => {
  const runs = await runner.run({
    'a.yml': steps(`
      - { id: tolerated, continue-on-error: true, run: exit 1 }
      - run: echo "$STATUS, $OUTCOME, $CONCLUSION"
        env:
          STATUS: \${{ job.status }}
          OUTCOME: \${{ steps.tolerated.outcome }}
          CONCLUSION: \${{ steps.tolerated.conclusion }}
      - run: exit 1
      - if: failure()
        run: echo "then $STATUS"
        env: { STATUS: '\${{ job.status }}' }
`),
  });
  expect(jobOf(runs, 'a')?.log).toContain('success, failure, success');
  expect(jobOf(runs, 'a')?.log).toContain('then failure');
});

test('within an action, failure() is about the steps of the action', async () => {
  const runs = await runner.run({
    'a.yml': steps(`
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - run: exit 1
      - { if: always(), uses: ./act }
`),
    'act/action.yml': `
name: act
description: act
runs:
  using: composite
  steps:
    - { run: echo on its own, shell: bash }
    - { if: failure(), run: echo not reached, shell: bash }
`,
  });
  expect(jobOf(runs, 'a')?.log).toContain('on its own');
  expect(jobOf(runs, 'a')?.log).not.toContain('not reached');
});

test('the outputs of a called workflow get to the jobs that need it', async () => {
  const runs = await runner.run({
    'a.yml': workflow(`
  call: { uses: ./.github/workflows/one.yml }
  use: { needs: call, runs-on: ubuntu-24.04, steps: [{ run: 'echo got \${{ needs.call.outputs.url }}' }] }
`),
    'one.yml': `
on: { workflow_call: { outputs: { url: { value: 'https://\${{ jobs.a.outputs.host }}' } } } }
jobs:
  a:
    runs-on: ubuntu-24.04
    outputs: { host: '\${{ steps.b.outputs.host }}' }
    steps: [{ id: b, run: 'echo "host=api.example" >> "$GITHUB_OUTPUT"' }]
`,
  });
  expect(jobOf(runs, 'use')?.log).toContain('got https://api.example');
});

test('an output with a secret is dropped with a warning, as is an environment url', async () => {
  const runs = await run(`
  a:
    runs-on: ubuntu-24.04
    environment: { name: dev, url: 'https://\${{ steps.b.outputs.key }}' }
    outputs: { key: '\${{ steps.b.outputs.key }}', plain: '\${{ steps.b.outputs.plain }}' }
    steps:
      - id: b
        run: 'echo "::add-mask::s3cret"; echo "key=s3cret" >> "$GITHUB_OUTPUT"; echo "plain=x" >> "$GITHUB_OUTPUT"'
`);
  expect(jobOf(runs, 'a')?.outputs).toEqual({ plain: 'x' });
  expect(jobOf(runs, 'a')?.annotations.map(({ message }) => message)).toEqual([
    'Skip environment url since it may contain secret.',
    "Skip output 'key' since it may contain secret.",
  ]);
  expect(runner.deployments[1]).not.toHaveProperty('url');
});
