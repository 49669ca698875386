const preset = require('../../tools/workspace/jest.preset.cjs');

module.exports = {
  ...preset,
  displayName: '@clarity/ml-worker',
  globalSetup: require.resolve('../../tools/workspace/require-embedded-aws.cjs'),
  transform: {
    // Emscripten's output has its only `export` at the end of a line, where the preset does not look.
    'h5wasm/dist/esm/hdf5_util\\.js$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
    ...preset.transform,
  },
};
