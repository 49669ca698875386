import { join } from 'node:path';
import { startEmbeddedAws, type EmbeddedAws } from '../programs/embedded-aws';
import type { Scenario } from './scenario';

export const startAws: Scenario<EmbeddedAws> = {
  name: 'start-aws',
  summary: 'start the embedded AWS, empty',
  needs: [],
  async run({ root, folder, log, signal, note, onEnd }) {
    const stateDir = join(folder, 'local-cloud');
    const aws = await startEmbeddedAws({ root, stateDir, log, signal, note });
    onEnd(aws.stop);
    return aws;
  },
  describe: ({ endpoint }) => endpoint,
};
