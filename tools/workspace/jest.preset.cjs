/**
 * What every project's tests share: swc for TypeScript and for ESM-only packages, the paths of
 * tsconfig.base.json, and a resolver that accepts packages which only export an `import` condition.
 */
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const workspaceRoot = resolve(__dirname, '../..');
const { paths } = JSON.parse(
  readFileSync(join(workspaceRoot, 'tsconfig.base.json'), 'utf8'),
).compilerOptions;

const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

module.exports = {
  testEnvironment: join(__dirname, 'jest.environment.cjs'),
  // The typed arrays are the main realm's own: Jest must not clean them away after a file.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  // A limit against hanging, not a measure of speed: two projects share two busy cores.
  testTimeout: 60_000,
  resolver: join(__dirname, 'jest.resolver.cjs'),
  testMatch: ['**/*.spec.ts'],
  moduleNameMapper: Object.fromEntries(
    Object.entries(paths).map(([name, [path]]) => [`^${name}$`, join(workspaceRoot, path)]),
  ),
  transform: { '\\.ts$': swc, '\\.m?js$': join(__dirname, 'jest.esm-transform.cjs') },
  transformIgnorePatterns: ['\\.cjs$'],
};
