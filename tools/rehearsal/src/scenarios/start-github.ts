import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedGitHub, type GitHubClient } from '@clarity/local-github/client';
import { embeddedAccount } from '../clients/embedded-account';
import { protectEnvironment } from '../clients/protect-environment';
import { hostedTools } from '../hosted-image/hosted-tools';
import { runnerMachine } from '../programs/runner-machine';
import { cloneWorkspace, type Repository } from '../repository/repository';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';

export interface HostedRepository {
  readonly github: GitHubClient;
  readonly repository: Repository;
}

export const startGitHub: Scenario<HostedRepository> = {
  name: 'start-github',
  summary: 'start the embedded GitHub with a clone of this workspace',
  needs: [startAws],
  async run({ root, log, signal, resultOf, onEnd }) {
    // On the disk of the installed packages, which the jobs link.
    const here = join(root, '.local/rehearsal');
    onEnd(() => rm(here, { recursive: true, force: true }));
    const repository = await cloneWorkspace(root, join(here, 'repository'));
    const github = await startEmbeddedGitHub({
      root,
      log,
      signal,
      config: {
        repositoryFolder: repository.folder,
        workFolder: join(here, 'github'),
        // As infra/src/environments/accounts.ts has it: the roles trust this repository.
        subjectPrefix: 'repo:clarity@10000001/clarity@10000002',
        variables: {
          CLARITY_ENVIRONMENTS: JSON.stringify(['local']),
          CLARITY_ACCOUNTS: JSON.stringify({ local: embeddedAccount }),
        },
        machine: runnerMachine(root, resultOf(startAws).endpoint, await hostedTools(here)),
        cacheSeeds: { 'packages-': join(root, 'node_modules'), 'nx-': join(root, '.nx') },
        approved: ['local'],
      },
    });
    onEnd(github.stop);
    for (const name of ['local', 'local-approval']) await protectEnvironment(github, name);
    return { github, repository };
  },
  describe: ({ github }) => github.addresses.api,
};
