import type { GitHubEvent } from '../src/contract';
import { jobOf, steps, workflow, workflowRunner, type WorkflowRunner } from './workflow-runner';

let runner: WorkflowRunner;

beforeEach(async () => {
  runner = await workflowRunner();
});
afterEach(() => runner.remove());

const log = async (file: string, others: Readonly<Record<string, string>> = {}, name = 'a') =>
  jobOf(await runner.run({ 'a.yml': file, ...others }), name)?.log ?? '';

test('github.job is the key of the job, secrets.GITHUB_TOKEN is the token, env has no variable of the machine', async () => {
  const jobs = workflow(`
  a:
    name: \${{ format('check {0}', github.sha) == '' || 'the check' }}
    runs-on: ubuntu-24.04
    env: { TOKEN: '\${{ secrets.GITHUB_TOKEN }}' }
    steps:
      - run: 'echo "job $GITHUB_JOB, same \${{ github.token == secrets.GITHUB_TOKEN }}, home [\${{ env.HOME }}] token \${#TOKEN}"'
`);
  expect(await log(jobs, {}, 'the check')).toContain('job a, same true, home [] token 11');
});

test('an action sees the env of its step and its own folder', async () => {
  const action = `
name: act
description: act
runs:
  using: composite
  steps:
    - run: 'echo "$GREETING \${{ env.GREETING }} from $GITHUB_ACTION_PATH \${{ github.action_path }}"; ls "\${{ github.action_path }}"'
      shell: bash
`;
  const file = steps(`
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - { uses: ./act, env: { GREETING: hello } }
`);
  expect(await log(file, { 'act/action.yml': action })).toMatch(
    /hello hello from (\S+\/act) \1\naction\.yml/,
  );
});

test('a script without a shell has no pipefail; with "shell: bash" it has', async () => {
  const file = `
on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: false | true; echo went on
      - { shell: bash, continue-on-error: true, run: 'false | true; echo not reached' }
`;
  const printed = await log(file);
  expect(printed).toContain('went on');
  expect(printed).not.toMatch(/^not reached$/m);
});

test('defaults of a job come before those of the workflow; a working directory is below the checkout', async () => {
  const file = `
on: push
defaults: { run: { working-directory: one } }
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - { run: mkdir one two, working-directory: . }
      - run: basename "$PWD"
  b:
    runs-on: ubuntu-24.04
    defaults: { run: { working-directory: two } }
    steps:
      - { run: mkdir one two, working-directory: . }
      - run: basename "$PWD"
`;
  const runs = await runner.run({ 'a.yml': file });
  expect(jobOf(runs, 'a')?.log).toMatch(/^one$/m);
  expect(jobOf(runs, 'b')?.log).toMatch(/^two$/m);
});

test('a job knows its place in the matrix, and is named after it unless its name has an expression', async () => {
  const runs = await runner.run({
    'a.yml': workflow(`
  a:
    name: plan \${{ matrix.environment }}
    runs-on: ubuntu-24.04
    strategy: { fail-fast: false, matrix: { environment: [dev, prod] } }
    steps:
      - run: 'echo \${{ strategy.job-index }} of \${{ strategy.job-total }}, at most \${{ strategy.max-parallel }}, \${{ strategy.fail-fast }}'
`),
  });
  expect(jobOf(runs, 'plan prod')?.log).toContain('1 of 2, at most 2, false');
});

test('inputs of a dispatch have their types, those of the event are texts', async () => {
  const on = `{ workflow_dispatch: { inputs: { dry: { type: boolean }, count: { type: number, default: 2 } } } }`;
  const file = workflow(
    `
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: 'echo "\${{ inputs.dry && 1 || 0 }} \${{ inputs.count == 3 }} \${{ github.event.inputs.dry && 1 || 0 }}"'
`,
    on,
  );
  const dispatch =
    (inputs: Readonly<Record<string, string>>) =>
    (sha: string): GitHubEvent => ({
      kind: 'workflow_dispatch',
      file: 'a.yml',
      inputs,
      actor: 'ada',
      sha,
    });
  const runs = await runner.run({ 'a.yml': file }, dispatch({ dry: 'false', count: '3' }));
  expect(jobOf(runs, 'a')?.log).toContain('0 true 1');
  await expect(runner.run({ 'a.yml': file }, dispatch({ dry: 'maybe' }))).rejects.toThrow(
    '"maybe" is not a boolean',
  );
});

test('a called workflow has no secrets but its token', async () => {
  const called = `
on: workflow_call
jobs:
  b: { runs-on: ubuntu-24.04, steps: [{ run: 'echo "key=[\${{ secrets.KEY }}]"' }] }
`;
  const file = workflow('  a: { uses: ./.github/workflows/b.yml }');
  expect(await log(file, { 'b.yml': called }, 'a / b')).toContain('key=[]');
});

test('NODE_OPTIONS cannot be set for later steps, and a summary above 1 MiB is dropped', async () => {
  const runs = await runner.run({
    'a.yml': steps(`
      - run: |
          printf 'NODE_OPTIONS=--inspect\\nOTHER=set\\nGITHUB_JOB=b\\n' >> "$GITHUB_ENV"
          head -c 1048577 /dev/zero | tr '\\0' x >> "$GITHUB_STEP_SUMMARY"
      - run: echo "[$NODE_OPTIONS] $OTHER $GITHUB_JOB"; echo short >> "$GITHUB_STEP_SUMMARY"
`),
  });
  const job = jobOf(runs, 'a');
  expect(job?.log).toContain('[] set a');
  expect(job?.summary).toBe('short\n');
  expect(job?.annotations.map(({ message }) => message)).toEqual([
    expect.stringContaining('GITHUB_STEP_SUMMARY upload aborted'),
    expect.stringContaining('NODE_OPTIONS'),
  ]);
});
