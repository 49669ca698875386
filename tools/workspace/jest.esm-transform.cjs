/**
 * Turns ESM of node_modules, and import() in CommonJS, into what Jest runs; other CommonJS passes untouched, which
 * keeps it fast.
 */
const { createTransformer } = require('@swc/jest');

const swc = createTransformer({
  jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022' },
  module: { type: 'commonjs' },
});
const looksLikeEsm = /^\s*(import[\s{*'"]|export[\s{*])|\bimport\(['"]/m;

module.exports = {
  getCacheKey: (source, path, options) =>
    `${looksLikeEsm}${swc.getCacheKey(source, path, options)}`,
  process: (source, path, options) =>
    looksLikeEsm.test(source) ? swc.process(source, path, options) : { code: source },
};
