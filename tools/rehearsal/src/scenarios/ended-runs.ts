import { join } from 'node:path';
import { terraformStates } from '../clients/terraform-states';
import { makeVariant, variants } from '../releases/release-variants';
import { deploy } from './deploy';
import { errorsUnderLoad, neverHealthy } from './deploy-broken-release';
import { endedPipeline, pipeline } from './pipeline';
import { showCurrent } from './releases';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';

const interrupted = 130;

/** As GitHub does when somebody cancels a run. */
export const cancelledPlan: Scenario<void> = {
  name: 'cancelled-plan',
  summary: 'interrupt an apply while Terraform plans and holds the lock of the state',
  needs: [deploy],
  after: [errorsUnderLoad],
  async run(context) {
    const end = { at: /clarity-local-foundation: no changes/, by: 'SIGINT' } as const;
    const { exitCode, explanation } = await endedPipeline(context, end, 'apply', '--env', 'local');
    if (exitCode !== interrupted) throw new Error(`It was not interrupted: ${explanation}`);
    const states = await terraformStates(context.resultOf(startAws).endpoint);
    const locks = [...states.keys()].filter((key) => key.endsWith('.tflock'));
    if (locks.length > 0) throw new Error(`Still locked: ${locks.join(', ')}`);
  },
  describe: () => 'exit code 130, and every lock is released',
};

/** Its result: the task definition of the API before and after. */
export const killedDeploy: Scenario<string> = {
  name: 'killed-deploy',
  summary: 'kill a deploy in the middle of its rollout, then roll back',
  needs: [deploy, neverHealthy],
  after: [errorsUnderLoad, cancelledPlan],
  async run(context) {
    const { root, folder } = context;
    const before = await showCurrent(context);
    const { name } = variants.neverHealthy;
    const apps = await makeVariant(name, join(root, 'dist/apps'), join(folder, 'killed'));
    const end = { at: /api: rolling out/, by: 'SIGKILL' } as const;
    const deployed = await endedPipeline(context, end, 'deploy', '--env', 'local', '--apps', apps);
    if (deployed.exitCode !== 128 + 9) throw new Error(`It ended first: ${deployed.explanation}`);
    await pipeline(context, 'rollback', '--env', 'local');
    await pipeline(context, 'verify', '--env', 'local');
    const { taskDefinitions } = await showCurrent(context);
    if (JSON.stringify(taskDefinitions) !== JSON.stringify(before.taskDefinitions))
      throw new Error(`The rollback brought back ${JSON.stringify(taskDefinitions)}.`);
    return taskDefinitions['api'] ?? '';
  },
  describe: (api) =>
    `${api.split('/').at(-1)} runs again, without waiting for the lease of the dead run`,
};
