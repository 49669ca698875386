import { required } from '../../option';
import { defineVerb } from '../../verb';
import { accountNames, environmentOfAccount, parseAccountName } from '../../core/account';

export const bootstrap = defineVerb({
  name: 'bootstrap',
  summary: 'prepare a new account for the other verbs; safe to repeat',
  options: {
    account: required(
      '--account <name>',
      `account: ${accountNames.join(', ')}; embedded needs a running embedded AWS`,
      parseAccountName,
    ),
  },
  outputs: {},
  github: {},
  needs: 'terraform',
  builds: ['infra'],
  async run(start, { account }) {
    const context = await start.openTerraform(environmentOfAccount[account]);
    const { bootstrapAccount } = await import('./run');
    await bootstrapAccount(context, account);
  },
});
