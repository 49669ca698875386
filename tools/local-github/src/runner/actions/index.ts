import { NotSupported } from '../not-supported';
import { downloadArtifact, uploadArtifact } from './artifacts';
import { cache } from './cache';
import { checkout } from './checkout';
import { configureAwsCredentials } from './configure-aws-credentials';
import { setupBuildx } from './setup-buildx';
import { setupNode } from './setup-node';
import { setupTerraform } from './setup-terraform';
import type { StandIn } from './stand-in';

const standIns: Readonly<Record<string, StandIn>> = {
  'actions/cache': cache,
  'actions/checkout': checkout,
  'actions/download-artifact': downloadArtifact,
  'actions/setup-node': setupNode,
  'actions/upload-artifact': uploadArtifact,
  'aws-actions/configure-aws-credentials': configureAwsCredentials,
  'docker/setup-buildx-action': setupBuildx,
  'hashicorp/setup-terraform': setupTerraform,
};

/**
 * @param uses `owner/name@<commit>`
 * @param place file and line
 * @throws NotSupported if it is not pinned to a commit, or has no stand-in
 */
export function standInFor(uses: string, place?: string): StandIn {
  const { name = '', commit } = /^(?<name>[^@]+)@(?<commit>[0-9a-f]{40})$/.exec(uses)?.groups ?? {};
  if (!commit) throw new NotSupported(`"${uses}", which is not pinned to a commit`, place);
  const standIn = standIns[name];
  if (!standIn) throw new NotSupported(`the action ${name}`, place);
  return standIn;
}
