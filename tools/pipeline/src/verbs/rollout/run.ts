import type { AwsContext } from '../../core/context';
import { PipelineError } from '../../errors';
import { apps, rolloutLimitMs } from '../../core/names';
import { watchDeployment } from '../../core/rollout/watch-deployment';
import { prefixed } from '../../io/reporter';

/**
 * `pipeline rollout`: watches the newest deployments, also those that another run started.
 * @throws PipelineError with the exit code of the first service that failed
 */
export async function watchNewest({ deployments, reporter, signal }: AwsContext): Promise<void> {
  const verdicts = await Promise.all(
    apps.map(async (app) => {
      const log = prefixed(reporter, app);
      const newest = await deployments[app].newest();
      if (!newest) throw new PipelineError('noDeployment', `${app} was never deployed.`);
      const { verdict } = await watchDeployment(deployments[app], newest.revision, log, {
        timeoutMs: rolloutLimitMs[app],
        pollMs: 1_000,
        signal,
      });
      log.info(verdict.kind === 'success' ? 'SUCCESSFUL' : verdict.text);
      return verdict;
    }),
  );
  for (const verdict of verdicts)
    if (verdict.kind === 'failure') throw new PipelineError(verdict.reason, verdict.text);
}
