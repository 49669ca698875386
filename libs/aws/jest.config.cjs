module.exports = {
  ...require('../../tools/workspace/jest.preset.cjs'),
  displayName: '@clarity/aws',
  globalSetup: require.resolve('../../tools/workspace/require-embedded-aws.cjs'),
};
