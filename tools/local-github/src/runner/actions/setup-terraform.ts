import { runProgram } from '@clarity/host';
import type { StandIn } from './stand-in';

/** hashicorp/setup-terraform: the Terraform of this machine; the pipeline fetches one if there is none. */
export const setupTerraform: StandIn = {
  version: 'v4',
  inputs: ['terraform_version', 'terraform_wrapper'],
  async run({ inputs, workspace, print }) {
    const output = await runProgram('terraform', ['version'], { cwd: workspace }).catch(() => '');
    const version = /^Terraform v(\S+)/m.exec(output)?.[1] ?? 'none';
    print(`asked for ${inputs['terraform_version'] ?? 'latest'}, here: ${version}`);
    return {};
  },
};
