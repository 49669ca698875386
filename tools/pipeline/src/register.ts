import { Command, Option as CommandOption } from 'commander';
import { version } from '../../../package.json';
import { exits } from './errors';
import { isArgument, type Given, type Option } from './option';
import type { Verb } from './verb';

/** What the command line gave, by the names under which a verb reads its options. */
export type GivenOptions = Readonly<Record<string, Given>>;

/** The command line: verbs with their options, and a help text with all exit codes. */
export function commandLine(
  verbs: readonly Verb[],
  run: (verb: Verb, given: GivenOptions) => Promise<void>,
): Command {
  const program = new Command('pipeline')
    .description('Plans, applies and deploys CLARITY, by hand and in CI.')
    .version(`clarity ${version}, node ${process.version}`)
    .addHelpText('afterAll', `\nExit codes:\n${exitCodeLines().join('\n')}`)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exits.ok.code : exits.usage.code));
  for (const verb of verbs) register(program, verb, run);
  return program;
}

function register(
  program: Command,
  verb: Verb,
  run: (verb: Verb, given: GivenOptions) => Promise<void>,
): void {
  const [name = '', ...groups] = verb.name.split(' ').toReversed();
  const command = groups.reduceRight(groupOf, program).command(name).description(verb.summary);
  const readers = Object.entries(verb.options).map(([key, option]) => ({
    key,
    read: addOption(command, option),
  }));
  command.action(() =>
    run(verb, Object.fromEntries(readers.map(({ key, read }) => [key, read()]))),
  );
}

/** The command `releases` of `releases list`; made for the first verb in it. */
function groupOf(parent: Command, name: string): Command {
  return (
    parent.commands.find((command) => command.name() === name) ??
    parent.command(name).description(`verbs about ${name}`)
  );
}

/** @returns what was given for it, once the command line is parsed */
function addOption(command: Command, option: Option): () => Given {
  const { flags, description, default: value } = option;
  if (isArgument(option)) {
    const index = command.registeredArguments.length;
    command.argument(flags, description);
    return () => command.args[index];
  }
  const added = new CommandOption(flags, description).makeOptionMandatory(option.required ?? false);
  command.addOption(value === undefined ? added : added.default(value));
  return () => command.getOptionValue(added.attributeName()) as Given;
}

function exitCodeLines(): readonly string[] {
  return Object.values(exits).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
}
