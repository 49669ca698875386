import { assertSources } from '../io/workspace';
import { openAws } from './open-aws';
import type { Start, TerraformContext } from './context';
import { awsVariables, type AwsTarget, type EnvironmentName } from './environment';
import { PipelineError } from '../errors';
import { stackStamps } from './apply/stack-stamps';
import { releasePointer } from './releases/pointer';
import { synth } from './stacks/synth';
import { terraformVariables } from './terraform/cli-config';
import { findTerraform } from './terraform/install';
import { terraformIn } from './terraform/terraform';

/** @see TerraformStart.openTerraform */
export async function openTerraform(
  start: Start,
  environment: EnvironmentName,
  aws: AwsTarget = 'own',
): Promise<TerraformContext> {
  assertSources(start.workspace);
  const context = openAws(start, environment, aws);
  const { workspace, reporter, signal, clients } = context;
  const program = await findTerraform(workspace, reporter);
  const endpoint = awsVariables(environment, aws, workspace);
  const common = { ...(await terraformVariables(workspace)), ...endpoint };
  const currentReleaseOf: TerraformContext['currentReleaseOf'] = async ({
    environment: name,
    role,
  }) => {
    const ssm = role === undefined ? await clients.ssm() : await clients.ssmAs(role);
    return releasePointer(ssm, name).read();
  };
  return {
    ...context,
    currentReleaseOf,
    stamps: stackStamps({ ssm: await clients.ssm(), s3: await clients.s3() }, environment),
    preflight: async (stacks) => {
      const { preflight } = await import('./preflight/preflight');
      await preflight(context, stacks);
    },
    synth: async () => {
      reporter.step(`synth ${environment}`);
      return synth({ workspace, environment, aws, signal });
    },
    publishImages: async (sources, previous) => {
      const { imagePublisher } = await import('./images/image-publisher');
      const place = { workspace, reporter, signal, ecr: await clients.ecr() };
      const release = previous && (await currentReleaseOf(previous));
      if (previous && !release)
        throw new PipelineError(
          'outOfOrder',
          `Nothing has been released to ${previous.environment} yet.`,
          `Deploy to ${previous.environment} first.`,
        );
      const ecr = () => (previous?.role ? clients.ecrAs(previous.role) : clients.ecr());
      const tested = release && { release, ecr };
      return imagePublisher(environment, place, { ...sources, tested });
    },
    keepImages: async (release) => {
      const { keepImages } = await import('./images/keep-images');
      await keepImages(await clients.ecr(), environment, release);
    },
    keepProgram: async (stacks) => {
      const { keepProgram } = await import('./releases/keep-program');
      await keepProgram(context, stacks);
    },
    terraformOf: ({ folder }, variables) =>
      terraformIn(folder, { program, variables: { ...common, ...variables }, signal }),
  };
}
