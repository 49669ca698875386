import { explainedAwsError } from './core/aws-errors';
import type { TerraformStart } from './core/context';
import { buildProjects } from './io/build-projects';
import type { GivenOptions } from './register';
import type { Verb } from './verb';

/**
 * Runs a verb with what the command line gave. `npm run pipeline` sets CLARITY_BUILD, so that the verb
 * finds what it needs, built from the sources as they are; a built pipeline that is started directly
 * takes the build that it finds.
 * @throws PipelineError `environment` if AWS refuses a call of the verb or does not answer it
 */
export async function runVerb(
  verb: Verb,
  given: GivenOptions,
  openStart: () => TerraformStart,
): Promise<void> {
  const options = Object.fromEntries(
    Object.entries(verb.options).map(([key, option]) => [key, option.parse(given[key])]),
  );
  const start = openStart();
  const { workspace, job, signal } = start;
  const buildsFirst = process.env['CLARITY_BUILD'] === 'as-needed';
  // Not for programs that the verb starts: what they need is built.
  delete process.env['CLARITY_BUILD'];
  if (buildsFirst) await buildProjects(workspace, verb.builds, signal);
  try {
    await verb.run(start, options, (name, value) => job.output(name, value));
  } catch (error) {
    throw explainedAwsError(error);
  }
}
