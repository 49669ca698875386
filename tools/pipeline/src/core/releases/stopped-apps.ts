import type { AwsContext } from '../context';
import type { App } from '../names';
import { patiently } from '../rollout/patiently';

/**
 * The apps that are to run no task, because there is no work for them. One that a release started to try it
 * counts as well while that release has not succeeded: its run may have been killed before it stopped the app again.
 */
export async function stoppedApps(
  { deployments, ledger, reporter, signal }: AwsContext,
  services: readonly App[],
): Promise<readonly App[]> {
  const [newest] = await ledger.list(1);
  const triedBefore = newest?.outcome === 'SUCCESSFUL' ? [] : (newest?.stopped ?? []);
  const stopped = await Promise.all(
    services.map(async (app) => {
      const { desired } = await patiently(() => deployments[app].read(), reporter, signal);
      return desired === 0 || triedBefore.includes(app) ? [app] : [];
    }),
  );
  return stopped.flat();
}
