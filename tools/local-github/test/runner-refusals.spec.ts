import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { steps, workflow, workflowRunner, type WorkflowRunner } from './workflow-runner';

let runner: WorkflowRunner;

beforeEach(async () => {
  runner = await workflowRunner();
});
afterEach(() => runner.remove());

const job = (text: string) => workflow(`  a: { runs-on: ubuntu-24.04, ${text} }`);
const step = (text: string) => steps(`      - { run: 'true', ${text} }\n`);
const action = (text: string) => ({
  'a.yml': steps('      - uses: ./act\n'),
  'act/action.yml': `name: act\ndescription: act\n${text}`,
});

test.each([
  [
    'services',
    { 'a.yml': job('services: { db: { image: db } }, steps: [{ run: ls }]') },
    'a.yml:6',
  ],
  ['container', { 'a.yml': job('container: node, steps: [{ run: ls }]') }, 'a.yml:6'],
  [
    'continue-on-error',
    { 'a.yml': job('continue-on-error: true, steps: [{ run: ls }]') },
    'a.yml:6',
  ],
  [
    'runs-on: windows-2025',
    { 'a.yml': workflow('  a:\n    runs-on: windows-2025\n    steps: [{ run: ls }]') },
    'a.yml:7',
  ],
  [
    'runs-on with several labels',
    { 'a.yml': workflow('  a:\n    runs-on: [self-hosted]\n    steps: [{ run: ls }]') },
    'a.yml:7',
  ],
  [
    'include',
    { 'a.yml': job('strategy: { matrix: { include: [{ b: c }] } }, steps: [{ run: ls }]') },
    'a.yml:6',
  ],
  ['read-all', { 'a.yml': job('permissions: read-all, steps: [{ run: ls }]') }, 'a.yml:6'],
  ['timeout-minutes', { 'a.yml': step('timeout-minutes: 1') }, 'a.yml:9'],
  ['the shell "python"', { 'a.yml': step('shell: python') }, 'a.yml:9'],
  ['which is not pinned', { 'a.yml': steps('      - uses: actions/checkout@v4\n') }, 'a.yml:9'],
  ['the action a/b', { 'a.yml': steps(`      - uses: a/b@${'0'.repeat(40)}\n`) }, 'a.yml:9'],
  [
    'github.event.sender.login',
    { 'a.yml': step("if: github.event.sender.login == 'ada'") },
    'a.yml:9',
  ],
  [
    'runner.name',
    { 'a.yml': steps('      - run: |\n          echo\n          echo ${{ runner.name }}\n') },
    'a.yml:9',
  ],
  [
    'secrets',
    {
      'a.yml': workflow('  a:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit'),
      'b.yml': 'on: workflow_call\njobs: {}',
    },
    'a.yml:8',
  ],
  [
    'outputs',
    action('outputs: { a: { value: b } }\nruns: { using: composite, steps: [] }'),
    'act/action.yml:3',
  ],
  [
    'actions that are not composite',
    action('runs: { using: node24, main: a.js }'),
    'act/action.yml:3',
  ],
  [
    'always() and cancelled()',
    action('runs:\n  using: composite\n  steps:\n    - { if: always(), run: ls, shell: bash }'),
    'act/action.yml:6',
  ],
  [
    'a default with an expression',
    action(
      'inputs:\n  t:\n    default: ${{ github.token }}\nruns: { using: composite, steps: [] }',
    ),
    'act/action.yml:5',
  ],
])(
  'refuses %s with file and line before anything runs',
  async (what, files: Readonly<Record<string, string>>, place) => {
    const started = runner.run(files);
    await expect(started).rejects.toThrow(`does not support`);
    await expect(started).rejects.toThrow(what);
    await expect(started).rejects.toThrow(`(${place})`);
    expect(existsSync(join(runner.workFolder, 'runs'))).toBe(false);
  },
);

test('refuses a runs-on whose value is another machine', async () => {
  const file = workflow(
    "  a: { runs-on: '${{ vars.ENVIRONMENTS && format(''macos-{0}'', 15) }}', steps: [{ run: ls }] }",
  );
  await expect(runner.run({ 'a.yml': file })).rejects.toThrow('runs-on: macos-15 (a.yml:6)');
});

test('refuses a command that it does not support when a step prints it', async () => {
  const file = steps('      - run: echo "::set-output name=a::b"\n');
  await expect(runner.run({ 'a.yml': file })).rejects.toThrow('::set-output::');
});
