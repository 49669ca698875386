/** Replaces a module by the copy that all suites of a Jest worker share (jest.environment.cjs). */
module.exports = {
  process: (_source, path) => ({
    code: `module.exports = requireOnce(${JSON.stringify(path)});`,
  }),
};
