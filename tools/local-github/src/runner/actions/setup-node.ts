import type { StandIn } from './stand-in';

/** actions/setup-node: the Node that plays the runner is the one that there is. */
export const setupNode: StandIn = {
  inputs: ['node-version-file'],
  async run({ print }) {
    print(`node ${process.version}`);
    return { outputs: { 'node-version': process.version } };
  },
};
