/**
 * Infers the targets of every project from its files, so that a project.json holds only a name, tags and
 * what is special. A target in project.json adds to the inferred one or replaces parts of it.
 *
 * - lint: always
 * - typecheck: tsconfig.json
 * - test: tsconfig.json; with the tag `test:embedded-aws` on an embedded AWS that ends with the tests
 * - build: src/main.ts, bundled to dist/<project>; `options.args` names other entry points
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const workspace = '{workspaceRoot}/tools/workspace/**/*';
const jestConfig = '{workspaceRoot}/jest.config.cjs';
const prettierConfig = ['.prettierrc.json', '.prettierignore', '.editorconfig'].map(
  (file) => `{workspaceRoot}/${file}`,
);

function targetsOf(root, folder) {
  const has = (file) => existsSync(join(root, folder, file));
  const { name, tags = [] } = JSON.parse(readFileSync(join(root, folder, 'project.json'), 'utf8'));
  return {
    lint: cached(
      `eslint --max-warnings 0 ${folder} && prettier --check --log-level warn ${folder}`,
      ['default', '^production', '{workspaceRoot}/eslint.config.mjs', ...prettierConfig],
    ),
    ...(has('tsconfig.json') && {
      typecheck: cached(`node node_modules/typescript7/bin/tsc -p ${folder}`, [
        'default',
        '^production',
      ]),
      test: tags.includes('test:embedded-aws') ? testOnEmbeddedAws(name) : test(name),
    }),
    ...(has('src/main.ts') && {
      build: {
        ...cached(`node tools/workspace/bundle.mjs ${folder}`, [
          'production',
          '^production',
          workspace,
        ]),
        outputs: [`{workspaceRoot}/dist/${folder}`],
      },
    }),
  };
}

/**
 * Nx starts each task in a session of its own, and Linux divides the processors among sessions first (sched(7), autogroup):
 * without this, the tasks of an Nx with a low priority would have the normal one.
 */
const keepPriority = '{ nice >/proc/self/autogroup; } 2>/dev/null;';

const cached = (command, inputs) => ({
  executor: 'nx:run-commands',
  cache: true,
  inputs,
  options: { command: `${keepPriority} ${command}` },
});

const jest = (name) => `jest --selectProjects ${name}`;
const testInputs = ['default', '^production', workspace, jestConfig];

const test = (name) => cached(jest(name), testInputs);

const testOnEmbeddedAws = (name) => ({
  ...cached(
    `node dist/tools/local-cloud/main.js exec --speed 20 -- node_modules/.bin/${jest(name)}`,
    [...testInputs, { dependentTasksOutputFiles: '**/*' }],
  ),
  dependsOn: [{ projects: ['@clarity/local-cloud'], target: 'build' }],
});

export const name = 'clarity-workspace';

export const createNodesV2 = [
  '{infra,{apps,libs,tools}/*}/project.json',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const folder = dirname(file);
      return [file, { projects: { [folder]: { targets: targetsOf(workspaceRoot, folder) } } }];
    }),
];
