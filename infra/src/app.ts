import { App } from './cdktf';
import type { Environment } from './environments/schema';
import { AccountStack } from './stacks/account-stack';
import { DataStack } from './stacks/data-stack';
import { FoundationStack } from './stacks/foundation-stack';
import { ServicesStack } from './stacks/services-stack';

/** The four stacks of an environment, to be synthesised to `outdir`. */
export function buildApp(environment: Environment, outdir: string): App {
  // Stack traces would add local paths to the synthesised JSON, and take time.
  const app = new App({ outdir, stackTraces: false });
  const account = new AccountStack(app, environment.account);
  const foundation = new FoundationStack(app, environment);
  const data = new DataStack(app, environment);
  new ServicesStack(app, { environment, account, foundation, data });
  return app;
}
