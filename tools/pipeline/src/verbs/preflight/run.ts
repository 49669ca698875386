import type { TerraformContext } from '../../core/context';

/**
 * `pipeline preflight`: what the account lacks for the stacks of the account or of the environment.
 * @throws PipelineError `environment` if an apply would fail half way
 */
export async function checkBeforeApply(
  context: TerraformContext,
  of: 'account' | 'environment',
): Promise<void> {
  const { environment, reporter } = context;
  reporter.step(`check the ${of === 'account' ? 'account' : `account for ${environment}`}`);
  const stacks = (await context.synth()).filter(
    ({ phase }) => (phase === 'bootstrap') === (of === 'account'),
  );
  await context.preflight(stacks);
  reporter.step('nothing keeps an apply from succeeding');
}
