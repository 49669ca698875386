import { ECSClient } from '@aws-sdk/client-ecs';
import type { AwsContext } from '../../core/context';
import { prefixed } from '../../io/reporter';
import { region } from '../../core/environment';
import { PipelineError } from '../../core/errors';
import { apps, namesOf, rolloutLimitMs } from '../../core/names';
import { serviceDeployments } from '../../core/rollout/service-deployments';
import { watchDeployment } from '../../core/rollout/watch-deployment';

/**
 * `pipeline rollout`: watches what is being rolled out, whoever started it.
 * @throws PipelineError with the verdict's exit code for the first service that failed
 */
export async function watchNewest({ environment, reporter, signal }: AwsContext): Promise<void> {
  const ecs = new ECSClient({ region });
  const { cluster, service } = namesOf(environment);
  const ends = await Promise.all(
    apps.map(async (app) => {
      const says = prefixed(reporter, app);
      const observed = serviceDeployments(ecs, { cluster, service: service(app) });
      const [newest] = await observed.list();
      if (!newest) throw new PipelineError('noDeployment', `${app} was never deployed.`);
      const { verdict } = await watchDeployment(observed, newest.arn, says, {
        taskDefinition: newest.taskDefinition,
        timeoutMs: rolloutLimitMs[app],
        pollMs: 1_000,
        signal,
      });
      says.info(verdict.kind === 'success' ? 'SUCCESSFUL' : verdict.text);
      return verdict;
    }),
  );
  for (const verdict of ends)
    if (verdict.kind === 'failure') throw new PipelineError(verdict.reason, verdict.text);
}
