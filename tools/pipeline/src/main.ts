import pc from 'picocolors';
import { exits, PipelineError } from './errors';
import { currentJob } from './core/github/job';
import { openStart } from './core/open-context';
import { describeVerbs } from './describe';
import { commandLine } from './register';
import { interruption } from './io/interruption';
import { runVerb } from './run-verb';
import { verbs } from './verbs';

// Without this the SDK warns about Node 20 in every run; package.json has the supported versions.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interrupted = interruption();
const program = commandLine(verbs, (verb, given) =>
  runVerb(verb, given, () => openStart(interrupted)),
);
program
  .command('describe')
  .description('print every verb and exit code as JSON, for other tools')
  .requiredOption('--json', 'the only format')
  .action(() => void process.stdout.write(`${JSON.stringify(describeVerbs(verbs), null, 2)}\n`));

program.parseAsync().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  currentJob().annotate('error', message, 'pipeline');
  const isExpected = error instanceof PipelineError;
  const text = isExpected ? message : error instanceof Error ? error.stack : message;
  process.stderr.write(`${pc.red('✗')} ${text}\n`);
  if (isExpected && error.advice) process.stderr.write(`  ${error.advice}\n`);
  process.exitCode = exits[isExpected ? error.reason : 'unexpected'].code;
});
