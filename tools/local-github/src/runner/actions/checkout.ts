import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@clarity/host';
import type { StandIn } from './stand-in';

/** actions/checkout: the event's commit or another one, with its history only on request. */
export const checkout: StandIn = {
  version: 'v7',
  inputs: ['fetch-depth', 'persist-credentials', 'ref'],
  async run({ inputs, workspace, repositoryFolder, sha: ofEvent, print }) {
    const sha = inputs['ref'] || ofEvent;
    // The objects are shared: a rehearsal checks out many times.
    const clone = ['clone', '--quiet', '--shared', '--no-checkout', repositoryFolder, workspace];
    await runProgram('git', clone, { cwd: '/' });
    await runProgram('git', ['checkout', '--quiet', '--detach', sha], { cwd: workspace });
    if (inputs['fetch-depth'] !== '0') await writeFile(join(workspace, '.git/shallow'), `${sha}\n`);
    print(`HEAD is now at ${sha.slice(0, 7)}`);
    return {};
  },
};
