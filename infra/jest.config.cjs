const { join } = require('node:path');
const preset = require('../tools/workspace/jest.preset.cjs');

module.exports = {
  ...preset,
  displayName: '@clarity/infra',
  testEnvironment: join(__dirname, 'test/jest.environment.cjs'),
  // First match wins: CDKTF is loaded once per worker instead of once per suite.
  transform: {
    '/node_modules/(cdktf|constructs|@cdktf)/.*\\.js$': join(
      __dirname,
      'test/jest.require-once.cjs',
    ),
    ...preset.transform,
  },
};
