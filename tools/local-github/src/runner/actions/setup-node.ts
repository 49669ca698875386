import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ActionCall, StandIn } from './stand-in';

/**
 * actions/setup-node: uses the Node that runs us. If the packages of this machine are those of the commit,
 * `npm ci` links them, which takes no time and no network.
 */
export const setupNode: StandIn = {
  version: 'v7',
  inputs: ['node-version-file', 'package-manager-cache'],
  async run(call) {
    call.print(`node ${process.version}`);
    const packages = call.cacheSeeds['packages-'];
    return {
      outputs: { 'node-version': process.version },
      ...(packages ? { path: await linkingNpm(call, packages) } : {}),
    };
  },
};

/** @returns the folder of an npm that links */
async function linkingNpm({ env }: ActionCall, packages: string): Promise<string> {
  const folder = join(env['RUNNER_TEMP'] ?? '', 'setup-node');
  await mkdir(folder, { recursive: true });
  const lock = join(dirname(packages), 'package-lock.json');
  const script = `#!/bin/sh
if [ "$1" = ci ] && cmp -s package-lock.json '${lock}'; then
  rm -rf node_modules && mkdir node_modules &&
    exec find '${packages}' -mindepth 1 -maxdepth 1 -exec ln -s -t node_modules '{}' +
fi
PATH='${env['PATH'] ?? ''}' exec npm "$@"
`;
  await writeFile(join(folder, 'npm'), script);
  await chmod(join(folder, 'npm'), 0o755);
  return folder;
}
