import { bootstrap } from './bootstrap';
import { inBackground, pipeline } from './pipeline';
import type { Scenario } from './scenario';

export const bootstrapAgain: Scenario<string> = {
  name: 'bootstrap-again',
  summary: 'bootstrap the same account once more',
  needs: [bootstrap],
  run: (context) => pipeline(inBackground(context), 'bootstrap', '--account', 'embedded'),
  describe: () => 'nothing to do',
};
