/** Turns ESM of node_modules into CommonJS for Jest; CommonJS passes untouched, which keeps it fast. */
const { createTransformer } = require('@swc/jest');

const swc = createTransformer({
  jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022' },
  module: { type: 'commonjs' },
});
const looksLikeEsm = /^\s*(import[\s{*'"]|export[\s{*])/m;

module.exports = {
  getCacheKey: (source, path, options) => swc.getCacheKey(source, path, options),
  process: (source, path, options) =>
    looksLikeEsm.test(source) ? swc.process(source, path, options) : { code: source },
};
