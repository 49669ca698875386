import type { StandIn } from './stand-in';

/** docker/setup-buildx-action: the embedded AWS runs images that are folders, which are not built with Docker. */
export const setupBuildx: StandIn = {
  inputs: [],
  async run({ print }) {
    print('Images of the embedded AWS need no Docker.');
    return {};
  },
};
