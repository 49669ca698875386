/**
 * The workspace's environment with what all suites of a Jest worker share:
 * - `requireOnce` loads a module into the worker itself. CDKTF and the provider's bindings are 470
 *   modules; otherwise, each suite would load them again.
 * - `syntheses` keeps the synthesised environments (synthesise-environment.ts).
 */
const WorkspaceEnvironment = require('../../tools/workspace/jest.environment.cjs');

const syntheses = new Map();

module.exports = class extends WorkspaceEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.requireOnce = require;
    this.global.syntheses = syntheses;
  }
};
