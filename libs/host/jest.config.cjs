module.exports = {
  ...require('../../tools/workspace/jest.preset.cjs'),
  displayName: '@clarity/host',
};
