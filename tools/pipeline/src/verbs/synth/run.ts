import type { Start } from '../../core/context';
import type { AwsTarget, EnvironmentName } from '../../core/environment';
import { outdirOf, synth } from '../../core/stacks/synth';

/** `pipeline synth`: needs neither AWS nor Terraform. */
export async function writeStacks(
  { workspace, reporter, signal }: Start,
  { env: environment, aws }: { readonly env: EnvironmentName; readonly aws: AwsTarget },
): Promise<void> {
  const stacks = await synth({ workspace, environment, aws, signal });
  const names = stacks.map(({ name }) => name).join(', ');
  reporter.step(`${stacks.length} stacks in ${outdirOf(workspace, environment, aws)}: ${names}`);
}
