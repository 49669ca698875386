import { embeddedEndpoint } from '../../core/environment';
import { toggle } from '../../option';
import { aws, environment, stacks } from '../../shared-options';
import { defineVerb } from '../../verb';
import { runOnEmbeddedAws } from './on-embedded-aws';

export const plan = defineVerb({
  name: 'plan',
  summary: 'show what an apply would change',
  options: {
    env: environment,
    stacks,
    aws,
    skipUnchanged: toggle(
      '--skip-unchanged',
      'leave out what `deploy` leaves out: stacks without images that have not changed since their last apply',
    ),
  },
  outputs: {
    report: 'path of plan-report.json',
    changes: '`true` if there is anything to change',
  },
  github: {},
  needs: 'terraform',
  builds: ['infra', 'local-cloud'],
  async run(start, options, output) {
    const { workspace } = start;
    if (options.aws === 'embedded' && !embeddedEndpoint(workspace))
      process.exitCode = await runOnEmbeddedAws(workspace, process.argv.slice(2));
    else {
      const { planEnvironment } = await import('./run');
      const context = await start.openTerraform(options.env, options.aws);
      await planEnvironment(context, options, output);
    }
  },
});
