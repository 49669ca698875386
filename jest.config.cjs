/**
 * Every project of the workspace for Jest: `npx jest <path>` runs the tests that match. A project with a
 * jest.config.cjs of its own differs from the preset and states why.
 */
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const preset = require('./tools/workspace/jest.preset.cjs');
const { projectFolders } = require('./tools/workspace/project-folders.cjs');

const onEmbeddedAws = {
  globalSetup: require.resolve('./tools/workspace/require-embedded-aws.cjs'),
};

module.exports = {
  testTimeout: preset.testTimeout,
  projects: projectFolders(__dirname).map((folder) => {
    if (existsSync(join(__dirname, folder, 'jest.config.cjs'))) return join(__dirname, folder);
    const { name, tags } = JSON.parse(
      readFileSync(join(__dirname, folder, 'project.json'), 'utf8'),
    );
    return {
      ...preset,
      rootDir: join(__dirname, folder),
      displayName: name,
      ...(tags.includes('test:embedded-aws') ? onEmbeddedAws : {}),
    };
  }),
};
