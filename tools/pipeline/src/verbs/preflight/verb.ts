import { accountNames, environmentOfAccount, parseAccountName } from '../../core/account';
import { environmentNames, parseEnvironmentName } from '../../core/environment';
import { PipelineError } from '../../errors';
import { optional } from '../../option';
import { defineVerb } from '../../verb';

export const preflight = defineVerb({
  name: 'preflight',
  summary: 'check what an account lacks before the first apply: quotas, GPU types, DNS, …',
  options: {
    env: optional(
      '-e, --env <name>',
      `the stacks of this environment: ${environmentNames.join(', ')}`,
      parseEnvironmentName,
    ),
    account: optional(
      '--account <name>',
      `the stack of this account: ${accountNames.join(', ')}`,
      parseAccountName,
    ),
  },
  outputs: {},
  github: {},
  needs: 'terraform',
  builds: ['infra'],
  async run(start, { env, account }) {
    const environment = env ?? (account && environmentOfAccount[account]);
    if (environment === undefined || (env && account))
      throw new PipelineError('usage', 'Give either --env or --account.');
    const context = await start.openTerraform(environment);
    const { checkBeforeApply } = await import('./run');
    await checkBeforeApply(context, account ? 'account' : 'environment');
  },
});
