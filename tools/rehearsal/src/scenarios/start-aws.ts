import { join } from 'node:path';
import { startEmbeddedAws, type EmbeddedAws } from '@clarity/local-cloud/client';
import type { Scenario } from './scenario';

/** An alarm's minute takes 1.5 seconds: a rehearsal does not wait as long as production bakes. */
const speed = 40;

export const startAws: Scenario<EmbeddedAws> = {
  name: 'start-aws',
  summary: 'start the embedded AWS, empty',
  needs: [],
  async run({ root, folder, log, signal, note, onEnd }) {
    const stateFolder = join(folder, 'local-cloud');
    const onLine = (line: string) => note(line.trim());
    const aws = await startEmbeddedAws({ root, stateFolder, speed, log, signal, onLine });
    onEnd(async () => {
      const left = await aws.stop();
      if (left.length > 0) throw new Error(`Still running: ${left.join(', ')}`);
    });
    return aws;
  },
  describe: ({ endpoint }) => endpoint,
};
