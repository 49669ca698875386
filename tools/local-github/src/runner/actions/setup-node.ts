import type { StandIn } from './stand-in';

/** actions/setup-node: uses the Node that runs us. */
export const setupNode: StandIn = {
  version: 'v7',
  inputs: ['node-version-file', 'package-manager-cache'],
  async run({ print }) {
    print(`node ${process.version}`);
    return { outputs: { 'node-version': process.version } };
  },
};
