import type { TerraformContext } from '../context';
import { isEmbedded } from '../environment';
import { PipelineError } from '../../errors';
import type { Stack } from './manifest';
import { inPhase } from './phase';
import { holdsState, stateBucketOf } from './state-bucket';

/**
 * Every stack reads outputs of the account stack, and every state is in its bucket.
 * @throws PipelineError `environment` if the account has not been bootstrapped
 */
export async function assertBootstrapped(
  { environment, clients }: Pick<TerraformContext, 'environment' | 'clients'>,
  stacks: readonly Stack[],
): Promise<void> {
  for (const account of inPhase(stacks, 'bootstrap')) {
    if (await holdsState(await clients.s3(), await stateBucketOf(account))) continue;
    throw new PipelineError(
      'environment',
      `The account of ${environment} has not been bootstrapped.`,
      `Run: npm run pipeline -- bootstrap --account ${isEmbedded(environment) ? 'embedded' : '<account>'}`,
    );
  }
}
