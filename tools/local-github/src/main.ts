import { Command } from 'commander';
import { ValidationError } from '@clarity/schema';
import { up } from './up/run';

const print = (line: string) => void process.stderr.write(`local-github: ${line}\n`);

const program = new Command('local-github').description(
  'The embedded GitHub: its API for one repository, and a runner of its workflow files.',
);

program
  .command('up')
  .description('run until SIGINT or SIGTERM')
  .requiredOption('--config <file>', 'JSON; its schema is in tools/local-github/src/up/config.ts')
  .action(async ({ config }: { config: string }) => up({ config, print }));

program.parseAsync().catch((error: unknown) => {
  const isExpected = error instanceof ValidationError;
  print(isExpected ? error.message : String(error instanceof Error ? error.stack : error));
  if (isExpected) for (const { pointer, detail } of error.fields) print(`  ${pointer} ${detail}`);
  process.exitCode = isExpected ? 2 : 1;
});
