import type { AwsContext } from '../../core/context';
import { apps } from '../../core/names';
import type { Release } from '../../core/releases/release';
import { PipelineError } from '../../errors';

/**
 * `pipeline verify`: what ECS would miss when it starts the tasks of a release, all of it and before anything is
 * stopped for it.
 * @param wanted id of a release; by default the current one
 * @throws PipelineError `noRelease` if anything is missing
 */
export async function verifyRelease(
  context: Pick<AwsContext, 'environment' | 'reporter' | 'ledger' | 'pointer' | 'missingFor'>,
  wanted: string | undefined,
): Promise<void> {
  const { reporter } = context;
  const release = await releaseOf(context, wanted);
  reporter.step(`verify ${release.id}`);
  const missing = await Promise.all(
    apps.map(async (app) => {
      const found = await context.missingFor(app, release);
      if (found.length === 0) reporter.info(`${app}: ${release.taskDefinitions[app]} can start`);
      for (const text of found) reporter.warn(`${app}: ${text}`);
      return found;
    }),
  );
  if (missing.flat().length > 0)
    throw new PipelineError('noRelease', `Release ${release.id} cannot start as it is.`);
}

async function releaseOf(
  { environment, ledger, pointer }: Pick<AwsContext, 'environment' | 'ledger' | 'pointer'>,
  wanted: string | undefined,
): Promise<Release> {
  const release = await (wanted === undefined ? pointer.read() : ledger.find(wanted));
  if (release) return release;
  throw new PipelineError(
    'noRelease',
    wanted === undefined
      ? `Nothing has been released to ${environment} yet.`
      : `No release ${wanted} in the ledger.`,
  );
}
