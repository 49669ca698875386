import type { StandIn } from './stand-in';

/** actions/setup-node: uses the Node that runs us. */
export const setupNode: StandIn = {
  inputs: ['node-version-file'],
  async run({ print }) {
    print(`node ${process.version}`);
    return { outputs: { 'node-version': process.version } };
  },
};
