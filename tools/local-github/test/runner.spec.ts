import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitHubEvent } from '../src/contract';
import {
  jobOf,
  push,
  steps,
  workflow,
  workflowRunner,
  type WorkflowRunner,
} from './workflow-runner';

const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1';
const upload = 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f';
const download = 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c';
const cache = 'actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae';

let runner: WorkflowRunner;
const run: WorkflowRunner['run'] = (...args) => runner.run(...args);

beforeEach(async () => {
  runner = await workflowRunner();
});
afterEach(() => runner.remove());

test('outputs go from step to job to the jobs that need it', async () => {
  const runs = await run({
    'a.yml': workflow(`
  first:
    runs-on: ubuntu-24.04
    outputs: { answer: '\${{ steps.think.outputs.answer }}' }
    steps:
      - uses: ${checkout}
      - id: think
        run: |
          echo "answer=$(cat answer)" >> "$GITHUB_OUTPUT"
          echo '## thought' >> "$GITHUB_STEP_SUMMARY"
  second:
    needs: first
    if: needs.first.outputs.answer == '42'
    runs-on: ubuntu-24.04
    steps:
      - run: echo "it is $ANSWER"
        env: { ANSWER: '\${{ needs.first.outputs.answer }}' }
`),
    answer: '42',
  });
  expect(runs[0]?.conclusion).toBe('success');
  expect(jobOf(runs, 'first')).toMatchObject({
    outputs: { answer: '42' },
    summary: '## thought\n',
  });
  expect(jobOf(runs, 'second')?.log).toContain('it is 42');
});

test('a failing step skips what follows, except what waits for failure; the run is red', async () => {
  const runs = await run({
    'a.yml': workflow(`
  one:
    runs-on: ubuntu-24.04
    steps:
      - { name: breaks, run: exit 3 }
      - { name: not reached, run: echo unreachable }
      - { name: prints why, if: failure(), run: echo "::error::broken on purpose" }
  two: { needs: one, runs-on: ubuntu-24.04, steps: [{ run: 'true' }] }
  last:
    needs: [one, two]
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - if: contains(needs.*.result, 'failure')
        run: exit 1
`),
  });
  expect(runs[0]?.conclusion).toBe('failure');
  const one = jobOf(runs, 'one');
  expect(one?.steps.map(({ conclusion }) => conclusion)).toEqual(['failure', 'skipped', 'success']);
  expect(one?.annotations.map(({ message }) => message)).toEqual([
    'Process completed with exit code 3.',
    'broken on purpose',
  ]);
  expect(jobOf(runs, 'two')?.conclusion).toBe('skipped');
  expect(jobOf(runs, 'last')?.conclusion).toBe('failure');
});

test('one environment after the other by a called workflow; the first that fails ends it', async () => {
  const runs = await run({
    'a.yml': workflow(`
  environments:
    permissions: { contents: read, id-token: write }
    strategy:
      max-parallel: 1
      matrix: { environment: '\${{ fromJSON(vars.ENVIRONMENTS) }}' }
    uses: ./.github/workflows/one.yml
    with: { environment: '\${{ matrix.environment }}' }
`),
    'one.yml': `
on: { workflow_call: { inputs: { environment: { type: string, required: true } } } }
env: { NAME: '\${{ inputs.environment }}' }
jobs:
  deploy:
    runs-on: ubuntu-24.04
    permissions: { id-token: write }
    environment: { name: '\${{ inputs.environment }}', url: '\${{ steps.go.outputs.url }}' }
    steps:
      - id: go
        run: |
          echo "url=https://$NAME.example" >> "$GITHUB_OUTPUT"
          echo "oidc $ACTIONS_ID_TOKEN_REQUEST_URL"
          exit 1
`,
  });
  expect(runs[0]?.conclusion).toBe('failure');
  expect(runner.approvals).toEqual(['dev']);
  expect(jobOf(runs, 'environments (dev) / deploy')?.log).toContain(
    'oidc http://oidc/?environment:dev',
  );
  expect(runner.deployments).toMatchObject([
    { environment: 'dev', state: 'in_progress' },
    { environment: 'dev', state: 'failure', url: 'https://dev.example' },
  ]);
});

test('a called workflow that asks for more than its caller has is refused', async () => {
  const started = run({
    'a.yml': workflow('  call: { uses: ./.github/workflows/one.yml }'),
    'one.yml': `
on: workflow_call
jobs: { a: { runs-on: ubuntu-24.04, permissions: { issues: write }, steps: [{ run: 'true' }] } }
`,
  });
  await expect(started).rejects.toThrow('issues: write');
});

test('a job of an environment that is not approved does not run', async () => {
  const runs = await run({
    'a.yml': workflow(
      '  a: { runs-on: ubuntu-24.04, environment: forbidden, steps: [{ run: echo deployed }] }',
    ),
  });
  expect(jobOf(runs, 'a')).toMatchObject({ conclusion: 'failure', log: '' });
});

test('a job of a branch that its environment does not admit fails, and nobody is asked', async () => {
  const files = {
    'a.yml': workflow(
      '  a: { runs-on: ubuntu-24.04, environment: main-only, steps: [{ run: echo deployed }] }',
    ),
  };
  const [refused] = await run(files, (sha) => ({ ...push(sha), branch: 'change' }));
  expect(refused?.jobs).toMatchObject([
    {
      conclusion: 'failure',
      log: '',
      annotations: [
        {
          message:
            'Branch "change" is not allowed to deploy to main-only due to environment protection rules.',
        },
      ],
    },
  ]);
  expect(runner.approvals).toEqual([]);
  expect(runner.holders).toEqual([]);
  expect(jobOf(await run(files), 'a')?.log).toContain('deployed');
});

test('secrets and tokens are in no log', async () => {
  const runs = await run({
    'a.yml': workflow(`
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "$KEY $TOKEN"
        env: { KEY: '\${{ secrets.KEY }}', TOKEN: '\${{ github.token }}' }
`),
  });
  expect(jobOf(runs, 'a')?.log).toContain('*** ***');
});

test('a fork reads with an empty purse: no secrets, no identity, no write', async () => {
  runner.pull = {
    number: 7,
    title: 'help',
    user: 'mallory',
    head: { ref: 'patch', sha: 'x', fork: true },
    base: { ref: 'main', sha: 'y' },
  };
  const runs = await run(
    {
      'a.yml': workflow(
        `
  ours:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    steps: [{ run: echo plan }]
  theirs:
    runs-on: ubuntu-24.04
    permissions: { contents: write, id-token: write }
    steps:
      - run: echo "key=[$KEY] oidc=[\${ACTIONS_ID_TOKEN_REQUEST_URL:-}]"
        env: { KEY: '\${{ secrets.KEY }}' }
`,
        'pull_request',
      ),
    },
    (sha) => ({ kind: 'pull_request', action: 'opened', number: 7, sha }),
  );
  expect(jobOf(runs, 'ours')?.conclusion).toBe('skipped');
  expect(jobOf(runs, 'theirs')?.log).toContain('key=[] oidc=[]');
  expect(runner.holders).toMatchObject([{ permissions: { contents: 'read' } }]);
});

test('artifacts go between jobs, and a cache between runs', async () => {
  const files = {
    'a.yml': workflow(`
  make:
    runs-on: ubuntu-24.04
    steps:
      - uses: ${checkout}
      - id: cache
        uses: ${cache}
        with: { path: made, key: "made-\${{ hashFiles('input') }}" }
      - if: steps.cache.outputs.cache-hit != 'true'
        run: mkdir made && cp input made/ && touch made/.hidden && echo made it
      - uses: ${upload}
        with: { name: plan-dev, path: made }
  use:
    needs: make
    runs-on: ubuntu-24.04
    steps:
      - uses: ${checkout}
      - uses: ${download}
        with: { pattern: plan-*, path: reports }
      - run: cat reports/input; ls -A reports
`),
    input: 'content',
  };
  const first = await run(files);
  expect(jobOf(first, 'make')?.log).toContain('made it');
  expect(jobOf(first, 'use')?.log).toMatch(/content\s*input$/);
  await rm(join(runner.workFolder, 'runs'), { recursive: true });
  await rm(join(runner.workFolder, 'artifacts'), { recursive: true });
  const second = await run(files);
  expect(jobOf(second, 'make')?.log).not.toContain('made it');
});

test('several artifacts that match are downloaded into a folder each', async () => {
  const make = (name: string) => `
  ${name}:
    runs-on: ubuntu-24.04
    steps:
      - run: echo ${name} > report
      - { uses: ${upload}, with: { name: plan-${name}, path: report } }
`;
  const runs = await run({
    'a.yml': workflow(
      `${make('dev')}${make('prod')}
  use:
    needs: [dev, prod]
    runs-on: ubuntu-24.04
    steps:
      - { uses: ${download}, with: { pattern: plan-*, path: reports } }
      - run: cat reports/plan-dev/report reports/plan-prod/report
`,
    ),
  });
  expect(jobOf(runs, 'use')?.log).toMatch(/dev\nprod$/);
});

test('a cache is restored by prefix, from the same ref or main, never from a pull request', async () => {
  const files = {
    'a.yml': workflow(
      `
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: ${checkout}
      - uses: ${cache}
        with:
          path: made
          key: made-\${{ github.sha }}
          restore-keys: |
            made-\${{ github.job }}-
            made-
      - run: cat made/by || echo nothing; mkdir -p made; echo "$GITHUB_REF" > made/by
`,
      '[push, pull_request]',
    ),
  };
  const log = async (event?: (sha: string) => GitHubEvent) =>
    jobOf(await run(files, event), 'a')?.log ?? '';
  const pullRequest = (sha: string): GitHubEvent => {
    runner.pull = {
      number: 7,
      title: 'more',
      user: 'ada',
      head: { ref: 'more', sha, fork: false },
      base: { ref: 'main', sha },
    };
    return { kind: 'pull_request', action: 'synchronize', number: 7, sha };
  };
  expect(await log(pullRequest)).toContain('nothing');
  expect(await log()).toContain('nothing');
  expect(await log()).toContain('refs/heads/main');
  expect(await log(pullRequest)).toContain('refs/pull/7/merge');
});

test('a dispatch checks its inputs', async () => {
  const files = {
    'a.yml': workflow(
      '  a: { runs-on: ubuntu-24.04, steps: [{ run: "echo ${{ inputs.service }}" }] }',
      '{ workflow_dispatch: { inputs: { service: { type: choice, options: [all, api] } } } }',
    ),
  };
  const dispatch =
    (service: string) =>
    (sha: string): GitHubEvent => ({
      kind: 'workflow_dispatch',
      file: 'a.yml',
      inputs: { service },
      actor: 'ada',
      sha,
    });
  expect(jobOf(await run(files, dispatch('api')), 'a')?.log).toContain('api');
  await expect(run(files, dispatch('web'))).rejects.toThrow('options');
});

test('a job that deletes packages out of the cache leaves those of this machine', async () => {
  const packages = join(runner.workFolder, 'seed/node_modules');
  await mkdir(join(packages, '@scope/one'), { recursive: true });
  await writeFile(join(packages, '@scope/one/index.js'), 'installed');
  const other = await workflowRunner({ cacheSeeds: { 'packages-': packages } });
  try {
    const files = {
      'a.yml': steps(`
      - uses: ${checkout}
      - uses: ${cache}
        with: { path: node_modules, key: packages-1 }
      - run: cat node_modules/@scope/one/index.js && rm -rf node_modules
`),
    };
    expect(jobOf(await other.run(files), 'a')?.log).toMatch(/installed$/);
    expect(await readFile(join(packages, '@scope/one/index.js'), 'utf8')).toBe('installed');
  } finally {
    await other.remove();
  }
});

test('npm ci links the packages of this machine if the lock of the commit is theirs', async () => {
  const setupNode = `actions/setup-node@${'1'.repeat(40)}`;
  const packages = join(runner.workFolder, 'machine/node_modules');
  await mkdir(packages, { recursive: true });
  await writeFile(join(packages, 'installed'), 'here');
  await writeFile(join(runner.workFolder, 'machine/package-lock.json'), 'lock');
  const other = await workflowRunner({ cacheSeeds: { 'packages-': packages } });
  try {
    const files = {
      'a.yml': steps(`
      - uses: ${checkout}
      - uses: ${setupNode}
      - run: npm ci && cat node_modules/installed
`),
      'package-lock.json': 'lock',
    };
    expect(jobOf(await other.run(files), 'a')?.log).toMatch(/here$/);
    const changed = { ...files, 'package-lock.json': 'another', 'package.json': 'not JSON' };
    expect(jobOf(await other.run(changed), 'a')?.conclusion).toBe('failure');
  } finally {
    await other.remove();
  }
});
