import { Command, InvalidArgumentError, Option } from 'commander';
import { PortInUse } from '@clarity/host';
import { ValidationError } from '@clarity/schema';
import { readModes, type ReadMode } from './ecs/api/read-moment';
import { runtimeKinds, type RuntimeKind } from './ecs/runtime/choose-runtime';
import { LocalCloudError } from './errors/local-cloud-error';
import { exec } from './cli/exec';
import { up } from './cli/up';
import { iamModes, type IamMode } from './contract';

// The SDK would warn on Node 20 at every start; the versions in use support it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const print = (line: string) => void process.stderr.write(`local-cloud: ${line}\n`);

interface ExecFlags {
  readonly runtime: RuntimeKind;
  readonly iam: IamMode;
  readonly reads: ReadMode;
  readonly lbPort: number;
  readonly speed: number;
  readonly stateDir?: string;
}
interface UpFlags extends ExecFlags {
  readonly port: number;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('Not a port.');
  return number;
}

function factor(text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 600)) throw new InvalidArgumentError('Not from 1 to 600.');
  return number;
}
const runtime = new Option('--runtime <kind>', 'what tasks run as')
  .choices(runtimeKinds)
  .default('process');
const iam = new Option(
  '--iam <mode>',
  'deny what the policies of a role do not allow, record it, or neither',
)
  .choices(iamModes)
  .default('enforce');
const reads = new Option('--reads <mode>', 'whether reads of ECS follow writes some seconds late')
  .choices(readModes)
  .default('eventual');
const speed = ['--speed <factor>', 'how much faster its clock is than real time'] as const;

const program = new Command('local-cloud').description(
  'The embedded AWS: moto, an ECS that runs tasks, and load balancers, all on loopback.',
);

program
  .command('up')
  .description('run until SIGINT or SIGTERM')
  .option('--port <number>', 'port of the AWS API (0: a free one)', port, 4566)
  .option('--lb-port <number>', 'port of the first load balancer (0: a free one)', port, 0)
  .option('--state-dir <folder>', 'state file and task logs (default: .local/local-cloud)')
  // At real speed a rollout bakes for a quarter of an hour.
  .option(...speed, factor, 20)
  .addOption(runtime)
  .addOption(iam)
  .addOption(reads)
  .action(async (options: UpFlags) => {
    process.exitCode = await up({ ...options, stateDir: options.stateDir, print });
  });

program
  .command('exec')
  .description('run a command against an embedded AWS of its own, and exit with its code')
  .argument('<command...>', 'after --')
  .option('--lb-port <number>', 'port of the first load balancer (0: a free one)', port, 0)
  .option('--state-dir <folder>', 'keep state file and task logs here (default: a temporary one)')
  .option(...speed, factor, 1)
  .addOption(runtime)
  .addOption(iam)
  .addOption(reads)
  .action(async (command: string[], options: ExecFlags) => {
    process.exitCode = await exec({ command, ...options, stateDir: options.stateDir, print });
  });

const isExpected = (error: unknown): error is Error =>
  error instanceof LocalCloudError ||
  error instanceof PortInUse ||
  error instanceof ValidationError;

program.parseAsync().catch((error: unknown) => {
  const expected = isExpected(error);
  print(expected ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = expected ? 3 : 1;
});
