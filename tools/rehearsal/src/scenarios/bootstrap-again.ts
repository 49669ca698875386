import { bootstrap } from './bootstrap';
import { plan } from './deploy';
import { pipeline } from './pipeline';
import type { Scenario } from './scenario';

export const bootstrapAgain: Scenario<string> = {
  name: 'bootstrap-again',
  summary: 'bootstrap the same account once more',
  needs: [bootstrap],
  // Uses the time in which the apply of the base stacks waits for AWS.
  after: [plan],
  run: (context) => pipeline(context, 'bootstrap', '--account', 'embedded'),
  describe: () => 'nothing to do',
};
