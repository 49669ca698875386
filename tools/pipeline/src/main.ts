import { join } from 'node:path';
import { Command } from 'commander';
import pc from 'picocolors';
import { affected } from './verbs/affected/run';
import { apply } from './verbs/apply/run';
import { bootstrap, environmentOfAccount, parseAccountName } from './verbs/bootstrap/run';
import { comment, type CommentOptions } from './verbs/comment/run';
import { openAws, openContext } from './core/context';
import { deploy } from './verbs/deploy/run';
import { drift } from './verbs/drift/run';
import { findWorkspace } from './io/workspace';
import { consoleReporter } from './io/reporter';
import { runOnEmbeddedAws } from './verbs/plan/on-embedded-aws';
import {
  embeddedEndpoint,
  environmentNames,
  parseAwsTarget,
  parseEnvironmentName,
} from './core/environment';
import { exitCodes, PipelineError } from './core/errors';
import { actionsBot } from './core/github/comments';
import { currentJob } from './core/github/job';
import { image, parseApps } from './verbs/image/run';
import { apps } from './core/names';
import { plan } from './verbs/plan/run';
import { unlock } from './verbs/unlock/run';
import { publishModel } from './verbs/publish-model/run';
import { listReleases, showRelease } from './verbs/releases-list/run';
import { review, type ReviewOptions } from './verbs/review/run';
import { parseApprovedChanges } from './core/approval/approved-changes';
import { rollback } from './verbs/rollback/run';
import { watchNewest } from './verbs/rollout/run';
import { outdirOf, synth } from './core/stacks/synth';

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
const repositoryOption = ['--repository <owner/name>', 'default: GITHUB_REPOSITORY'] as const;
const authorOption = [
  '--author <login>',
  'who GITHUB_TOKEN writes as; only what is by them is ours',
  actionsBot,
] as const;
const appsOption = [
  '--apps <folder>',
  'where the built apps are; process images are made of them',
  join(findWorkspace().dist, 'apps'),
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
  .command('comment')
  .description('show a plan in its pull request, in one comment that is edited in place')
  .option('--report <path>', 'plan-report.json that `plan` wrote')
  .option('--reports <folder>', 'holds those of several environments; each gets its comment')
  .option('--pull-request <number>', 'default: that of the event this workflow runs for')
  .option(...repositoryOption)
  .option(...authorOption)
  .action(async (options: CommentOptions) => comment(options, signal));

program
  .command('review')
  .description('say whether what `plan` planned was reviewed in the pull request of this commit')
  .requiredOption(...environmentOption)
  .option('--commit <sha>', 'default: GITHUB_SHA, else the checked-out one')
  .option(...repositoryOption)
  .option(...authorOption)
  .action(async ({ env, ...options }: { env: string } & ReviewOptions) => {
    await review(parseEnvironmentName(env), options, signal);
  });

program
  .command('affected')
  .description('what changed since the current release')
  .option(...environmentOption)
  .option('--base <commit>', 'compare with this instead of the current release; needs no AWS')
  .option('--head <commit>', 'compare this', 'HEAD')
  .action(async (options: { env?: string; base?: string; head: string }) => {
    await affected(options, signal);
  });

program
  .command('drift')
  .description('compare an environment with its code; with GITHUB_TOKEN, keep an issue about it')
  .requiredOption(...environmentOption)
  .option(...repositoryOption)
  .option(...authorOption)
  .action(async ({ env, ...options }: { env: string; repository?: string; author: string }) => {
    await drift(await openContext(env, signal), options);
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

interface DeployFlags {
  readonly env: string;
  readonly apps: string;
  readonly approved?: string;
}

program
  .command('deploy')
  .description('apply with the images of this build, roll them out, move the release pointer')
  .requiredOption(...environmentOption)
  .option(...appsOption)
  .option(
    '--approved <json>',
    'change no more of the infrastructure than this, an output of `review`',
  )
  .action(async ({ env, apps: appsFolder, approved }: DeployFlags) => {
    const changes = approved === undefined ? undefined : parseApprovedChanges(approved);
    await deploy(await openContext(env, signal), { appsFolder, approved: changes });
  });

interface ImageFlags {
  readonly env: string;
  readonly only: string[];
  readonly apps: string;
  readonly keepLayers: boolean;
}

program
  .command('image')
  .description('build and push the images of this commit that ECR does not have')
  .requiredOption(...environmentOption)
  .option('--only <apps...>', `only these: ${apps.join(', ')}`, [...apps])
  .option(...appsOption)
  .option(
    '--keep-layers',
    "keep layers in ECR for the next build; needs Buildx's container driver",
    false,
  )
  .action(async ({ env, only, apps: appsFolder, keepLayers }: ImageFlags) => {
    const options = { apps: parseApps(only), appsFolder, keepLayers };
    const images = await image(openAws(env, signal), options);
    process.stdout.write(`${JSON.stringify(images)}\n`);
  });

program
  .command('rollout')
  .description('watch the newest deployment of each service to its end')
  .requiredOption(...environmentOption)
  .action(async ({ env }: { env: string }) => {
    await watchNewest(openAws(env, signal));
  });

program
  .command('rollback')
  .description('bring back the last release known to be good')
  .requiredOption(...environmentOption)
  .option('--to <release>', 'this release instead of the last good one')
  .option('--service <app>', `one of ${apps.join(', ')}; all of them if left out`, 'all')
  .option('--reason <text>', 'why; the ledger keeps it')
  .action(
    async ({
      env,
      to,
      service,
      reason,
    }: {
      env: string;
      to?: string;
      service: string;
      reason?: string;
    }) => {
      await rollback(openAws(env, signal), {
        services: service === 'all' ? apps : parseApps([service]),
        // A form that was left empty says the same as no option.
        ...(to ? { wanted: to } : {}),
        ...(reason ? { reason: reason.slice(0, 500) } : {}),
      });
    },
  );

const releases = program.command('releases').description('what was released, and how it went');
releases
  .command('list')
  .description('newest first; the current one is marked')
  .requiredOption(...environmentOption)
  .option('--limit <n>', 'how many', '20')
  .action(async ({ env, limit }: { env: string; limit: string }) => {
    const { environment } = openAws(env, signal);
    process.stdout.write(`${await listReleases(environment, Number(limit))}\n`);
  });
releases
  .command('show <id>')
  .description('one release as JSON')
  .requiredOption(...environmentOption)
  .action(async (id: string, { env }: { env: string }) => {
    const { environment } = openAws(env, signal);
    process.stdout.write(`${await showRelease(environment, id)}\n`);
  });

program
  .command('unlock')
  .description('take the lock of an environment away from a holder that is gone')
  .requiredOption(...environmentOption)
  .action(async ({ env }: { env: string }) => {
    await unlock(openAws(env, signal));
  });

function exitCodeTable(): string {
  return Object.entries(exitCodes)
    .map(([reason, code]) => `  ${String(code).padStart(3)}  ${reason}`)
    .join('\n');
}

program.parseAsync().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  currentJob().annotate('error', message, 'pipeline');
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
