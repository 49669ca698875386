import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runBuilt } from '../programs/run-built';
import type { Context, Scenario } from './scenario';

/** Its result is the folder of the bundle. */
export const modelBundle: Scenario<string> = {
  name: 'model-bundle',
  summary: 'make a model bundle from synthetic weights',
  needs: [],
  async run(context) {
    const { folder } = context;
    const bundle = join(folder, 'model');
    const weights = join(folder, 'pat-s.synthetic.h5');
    const corrupt = join(folder, 'corrupt.h5');
    await rm(bundle, { recursive: true, force: true });
    await writeFile(corrupt, 'not an HDF5 file');
    const refused = await model(context, 'import', corrupt, '--size', 'S', '--out', bundle);
    if (refused.exitCode === 0) throw new Error('A corrupt .h5 file was imported.');
    for (const args of [
      ['synthesize', '--size', 'S', '--out', weights],
      ['import', weights, '--size', 'S', '--name', 'pat-s', '--out', bundle],
    ]) {
      const { exitCode, explanation } = await model(context, ...args);
      if (exitCode !== 0) throw new Error(explanation);
    }
    return bundle;
  },
  describe: () => 'PAT-S with synthetic weights; a corrupt .h5 was refused',
};

const model = (context: Context, ...args: string[]) =>
  runBuilt('apps/ml-worker/model.js', args, { ...context, env: {} });
