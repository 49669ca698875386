import { Command, CommanderError } from 'commander';
import { quick, scenarios } from './scenarios/registry';
import type { Scenario } from './scenarios/scenario';
import { select, UnknownName } from './schedule/select';

export type Request = { readonly list: true } | { readonly chosen: readonly Scenario[] };

/** A command line that cannot be carried out; the message is empty if it was printed already. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

const collect = (name: string, before: readonly string[]) => [...before, name];

/**
 * @param args without the program's own name
 * @throws UsageError, with exit code 0 if help was asked for
 */
export function parseCommandLine(args: readonly string[]): Request {
  const program = new Command('rehearse')
    .description(
      'Rehearses bootstrap, deploys, pull requests and rollbacks on embedded AWS and GitHub.',
    )
    .option('--list', 'print the scenarios and what each needs', false)
    .option('--only <scenario>', 'run this and what it needs; can be repeated', collect, [])
    .option('--quick', 'deploy, analyse a week, roll back one release', false)
    .exitOverride();
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw new UsageError('', error.exitCode === 0 ? 0 : 2);
    throw error;
  }
  const options = program.opts<{ list: boolean; only: string[]; quick: boolean }>();
  if (options.list) return { list: true };
  const names = [...options.only, ...(options.quick ? quick.map(({ name }) => name) : [])];
  try {
    return { chosen: select(scenarios, names) };
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    throw new UsageError(`${error.message} To see them all, run: npm run rehearse -- --list`, 2);
  }
}

/** Three lines per scenario: its name, its summary, what it needs. */
export function listOf(listed: readonly Scenario[]): string {
  return listed
    .map(({ name, summary, needs }) => {
      const needed = needs.map((need) => need.name).join(', ');
      return `${name}\n  ${summary}\n${needed === '' ? '' : `  needs ${needed}\n`}`;
    })
    .join('');
}
