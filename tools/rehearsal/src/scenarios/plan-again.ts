import { changesOf, describePlan, readPlan, type PlannedStack } from '../report/pipeline-records';
import { errorsUnderLoad } from './deploy-broken-release';
import { killedDeploy } from './ended-runs';
import { inference } from './inference';
import { asPlanJob, pipeline } from './pipeline';
import type { Scenario } from './scenario';

export const planAgain: Scenario<readonly PlannedStack[]> = {
  name: 'plan-again',
  summary: 'plan again what was applied',
  needs: [inference],
  after: [errorsUnderLoad, killedDeploy],
  async run(context) {
    await pipeline(asPlanJob(context), 'plan', '--env', 'local');
    const stacks = await readPlan(context.root);
    context.findings.secondPlan = Object.fromEntries(
      stacks.map((stack) => [stack.stack, changesOf(stack)]),
    );
    if (stacks.some((stack) => changesOf(stack) !== 0)) throw new Error(describePlan(stacks));
    return stacks;
  },
  describe: () => 'no change in any stack',
};
