const preset = require('../tools/workspace/jest.preset.cjs');

module.exports = {
  ...preset,
  displayName: '@clarity/infra',
  // CommonJS, and large: looking through it for ESM would cost seconds.
  transformIgnorePatterns: [
    ...preset.transformIgnorePatterns,
    '/node_modules/(cdktf|constructs|@cdktf)/',
  ],
};
