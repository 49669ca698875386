import type { StandIn } from './stand-in';

/** docker/setup-buildx-action: the embedded AWS runs images that are folders, which are not built with Docker. */
export const setupBuildx: StandIn = {
  version: 'v4',
  inputs: ['cache-binary'],
  async run({ print }) {
    print('Images of the embedded AWS need no Docker.');
    return {};
  },
};
