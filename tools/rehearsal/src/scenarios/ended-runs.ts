import { join } from 'node:path';
import { eventually } from '@clarity/host';
import { terraformStates } from '../clients/terraform-states';
import { makeVariant, variants } from '../releases/release-variants';
import { deploy } from './deploy';
import { errorsUnderLoad, neverHealthy } from './deploy-broken-release';
import { inference } from './inference';
import { asDeployJob, asRollbackJob, endedPipeline, pipeline } from './pipeline';
import { readRelease } from './releases';
import type { Context, Scenario } from './scenario';
import { startAws } from './start-aws';

const interrupted = 130;
/** An apply first synthesises, and skips nothing. */
const lockLimitMs = 120_000;

/** As GitHub does when somebody cancels a run. */
export const cancelledPlan: Scenario<void> = {
  name: 'cancelled-plan',
  summary: 'interrupt an apply while Terraform plans and holds the lock of the state',
  needs: [deploy],
  // No other apply may hold a lock.
  after: [errorsUnderLoad, inference],
  async run(context) {
    const locked = new AbortController();
    const end = { on: locked.signal, by: 'SIGINT' } as const;
    const running = endedPipeline(asDeployJob(context), end, 'apply', '--env', 'local');
    const watching = eventually(
      async () => ((await locksOf(context)).length > 0 ? true : undefined),
      {
        limitMs: lockLimitMs,
        signal: context.signal,
        what: 'The lock of a state',
      },
    ).then(() => locked.abort());
    const [{ exitCode, explanation }] = await Promise.all([running, watching]);
    if (exitCode !== interrupted) throw new Error(`It was not interrupted: ${explanation}`);
    const locks = await locksOf(context);
    if (locks.length > 0) throw new Error(`Still locked: ${locks.join(', ')}`);
  },
  describe: () => 'exit code 130, and every lock is released',
};

/** Of the states of the environment; the next one may be applied meanwhile. */
async function locksOf(context: Context): Promise<readonly string[]> {
  const keys = await terraformStates(context.resultOf(startAws).endpoint).keys();
  return keys.filter((key) => key.startsWith('clarity-local-') && key.endsWith('.tflock'));
}

/** Its result: the task definition of the API before and after. */
export const killedDeploy: Scenario<string> = {
  name: 'killed-deploy',
  summary: 'kill a deploy in the middle of its rollout, then roll back',
  needs: [deploy, neverHealthy],
  after: [errorsUnderLoad, cancelledPlan],
  async run(context) {
    const { root, folder } = context;
    const before = await readRelease(context);
    const { name } = variants.neverHealthy;
    const apps = await makeVariant(name, join(root, 'dist/apps'), join(folder, 'killed'));
    const begun = new AbortController();
    const note = (line: string) => {
      context.note(line);
      if (line.includes('api: rolling out')) begun.abort();
    };
    const end = { on: begun.signal, by: 'SIGKILL' } as const;
    const args = ['deploy', '--env', 'local', '--apps', apps];
    const deployed = await endedPipeline(asDeployJob({ ...context, note }), end, ...args);
    if (deployed.exitCode !== 128 + 9) throw new Error(`It ended first: ${deployed.explanation}`);
    await pipeline(asRollbackJob(context), 'rollback', '--env', 'local');
    await pipeline(context, 'verify', '--env', 'local');
    const { taskDefinitions } = await readRelease(context);
    if (JSON.stringify(taskDefinitions) !== JSON.stringify(before.taskDefinitions))
      throw new Error(`The rollback brought back ${JSON.stringify(taskDefinitions)}.`);
    return taskDefinitions['api'] ?? '';
  },
  describe: (api) =>
    `${api.split('/').at(-1)} runs again, without waiting for the lease of the dead run`,
};
