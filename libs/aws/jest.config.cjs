module.exports = {
  ...require('../../tools/workspace/jest.preset.cjs'),
  displayName: '@clarity/aws',
  globalSetup: './test/require-embedded-aws.cjs',
};
