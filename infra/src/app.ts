import { App } from './cdktf';
import type { Environment } from './environments/schema';
import { previousRelease } from './permissions/promotion';
import { AccountStack } from './stacks/account-stack';
import { ClarityStack } from './stacks/clarity-stack';
import { DataStack } from './stacks/data-stack';
import { FoundationStack } from './stacks/foundation-stack';
import { InferenceStack } from './stacks/inference-stack';
import { ServicesStack } from './stacks/services-stack';

/** Also writes to the manifest, for the pipeline, when each stack is applied and what runs one environment before. */
class ClarityApp extends App {
  constructor(
    options: ConstructorParameters<typeof App>[0],
    private readonly previous: ReturnType<typeof previousRelease>,
  ) {
    super(options);
  }

  override synth(): void {
    super.synth();
    for (const stack of this.node.children)
      if (stack instanceof ClarityStack)
        Object.assign(this.manifest.forStack(stack), {
          phase: stack.phase,
          previous: this.previous,
        });
    this.manifest.writeToFile();
  }
}

/** The stacks of an environment, to be synthesised to `outdir`. */
export function buildApp(environment: Environment, outdir: string): App {
  // Stack traces would add local paths to the synthesised JSON, and take time.
  const app = new ClarityApp({ outdir, stackTraces: false }, previousRelease(environment));
  const account = new AccountStack(app, environment.account);
  const foundation = new FoundationStack(app, environment);
  const data = new DataStack(app, environment);
  const services = new ServicesStack(app, { environment, account, foundation, data });
  const { inference } = environment;
  if (inference)
    new InferenceStack(app, { environment, inference, account, foundation, data, services });
  return app;
}
