import { Command } from 'commander';
import pc from 'picocolors';
import { apply } from './apply';
import { bootstrap, environmentOfAccount, parseAccountName } from './bootstrap';
import { openContext } from './context';
import { deploy } from './deploy';
import { findWorkspace } from './edge/workspace';
import { consoleReporter } from './edge/reporter';
import { runOnEmbeddedAws } from './edge/on-embedded-aws';
import {
  embeddedEndpoint,
  environmentNames,
  parseAwsTarget,
  parseEnvironmentName,
} from './environment';
import { exitCodes, PipelineError } from './errors';
import { plan } from './plan';
import { publishModel } from './publish-model';
import { outdirOf, synth } from './synth/synth';

// The SDK would warn about Node 20 in the middle of every run; package.json says what we support.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => interrupted.abort(new Error(name)));
const { signal } = interrupted;

const program = new Command('pipeline')
  .description('Plans, applies and deploys CLARITY, by hand and in CI alike.')
  .addHelpText('after', `\nExit codes:\n${exitCodeTable()}`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCodes.usage));

const environmentOption = [
  '-e, --env <name>',
  `environment: ${environmentNames.join(', ')}`,
] as const;
const awsOption = [
  '--aws <target>',
  'own: its account; embedded: as it would be on an empty embedded AWS',
  'own',
] as const;
const stacksOption = [
  '-s, --stacks <names...>',
  'only these stacks, e.g. foundation data',
] as const;

program
  .command('synth')
  .description('write the Terraform JSON of an environment to dist/cdktf/<env>')
  .requiredOption(...environmentOption)
  .option(...awsOption)
  .action(async ({ env, aws: target }: { env: string; aws: string }) => {
    const environment = parseEnvironmentName(env);
    const aws = parseAwsTarget(target);
    const workspace = findWorkspace();
    const stacks = await synth({ workspace, environment, aws, signal });
    const outdir = outdirOf(workspace, environment, aws);
    const names = stacks.map(({ name }) => name).join(', ');
    consoleReporter().step(`${stacks.length} stacks in ${outdir}: ${names}`);
  });

program
  .command('plan')
  .description('show what an apply would change')
  .requiredOption(...environmentOption)
  .option(...stacksOption)
  .option(...awsOption)
  .action(async ({ env, aws, stacks = [] }: { env: string; aws: string; stacks?: string[] }) => {
    const target = parseAwsTarget(aws);
    const workspace = findWorkspace();
    if (target === 'embedded' && !embeddedEndpoint(workspace)) {
      process.exitCode = await runOnEmbeddedAws(workspace, process.argv.slice(2));
      return;
    }
    await plan(await openContext(env, signal, target), stacks);
  });

program
  .command('apply')
  .description('make the infrastructure what its code says; images stay as they are')
  .requiredOption(...environmentOption)
  .option(...stacksOption)
  .action(async ({ env, stacks = [] }: { env: string; stacks?: string[] }) => {
    await apply(await openContext(env, signal), stacks);
  });

program
  .command('bootstrap')
  .description('bring a new account to where the other verbs can start; safe to repeat')
  .requiredOption(
    '--account <name>',
    `account: ${Object.keys(environmentOfAccount).join(', ')}; embedded needs a running embedded AWS`,
  )
  .action(async ({ account: name }: { account: string }) => {
    const account = parseAccountName(name);
    const aws = account === 'embedded' ? 'embedded' : 'own';
    await bootstrap(await openContext(environmentOfAccount[account], signal, aws), account);
  });

program
  .command('publish-model')
  .description('put an imported model bundle where the worker loads it from')
  .requiredOption(...environmentOption)
  .requiredOption('-b, --bundle <folder>', 'folder with manifest.json, made by `model import`')
  .action(async ({ env, bundle }: { env: string; bundle: string }) => {
    await publishModel(await openContext(env, signal), bundle);
  });

program
  .command('deploy')
  .description('apply with the images of this build, roll them out, move the release pointer')
  .requiredOption(...environmentOption)
  .action(async ({ env }: { env: string }) => {
    await deploy(await openContext(env, signal));
  });

function exitCodeTable(): string {
  return Object.entries(exitCodes)
    .map(([reason, code]) => `  ${String(code).padStart(3)}  ${reason}`)
    .join('\n');
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof PipelineError) {
    process.stderr.write(`${pc.red('✗')} ${error.message}\n`);
    if (error.advice) process.stderr.write(`  ${error.advice}\n`);
    process.exitCode = exitCodes[error.reason];
  } else {
    process.stderr.write(
      `${pc.red('✗')} ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = exitCodes.unexpected;
  }
});
