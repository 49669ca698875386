import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exits } from '../src/errors';
import { describeVerbs } from '../src/describe';
import { commandLine, type GivenOptions } from '../src/register';
import type { Verb } from '../src/verb';
import { verbs } from '../src/verbs';

const folder = resolve(__dirname, '../src/verbs');

/** What a verb reads when these arguments are typed. */
async function parsed(...args: string[]) {
  let ran: { verb: Verb; given: GivenOptions } | undefined;
  const program = commandLine(verbs, async (verb, given) => void (ran = { verb, given }));
  await program.parseAsync(args, { from: 'user' });
  if (!ran) throw new Error('No verb ran.');
  const { verb, given } = ran;
  const values = Object.entries(verb.options).map(([key, option]) => [
    key,
    option.parse(given[key]),
  ]);
  return { name: verb.name, values: Object.fromEntries(values) as Record<string, unknown> };
}

test('a verb reads its options by type, with defaults', async () => {
  await expect(parsed('plan', '-e', 'dev', '--stacks', 'data', 'services')).resolves.toEqual({
    name: 'plan',
    values: { env: 'dev', stacks: ['data', 'services'], aws: 'own', skipUnchanged: false },
  });
  await expect(parsed('image', '--env', 'local', '--keep-layers')).resolves.toMatchObject({
    values: { only: ['api', 'ml-worker'], apps: undefined, keepLayers: true },
  });
  await expect(parsed('rollback', '--env', 'dev', '--service', 'api')).resolves.toMatchObject({
    values: { service: ['api'], to: undefined },
  });
});

test('a verb of two words has its own arguments and options', async () => {
  await expect(parsed('releases', 'show', 'r1', '--env', 'dev')).resolves.toEqual({
    name: 'releases show',
    values: { id: 'r1', env: 'dev' },
  });
  await expect(parsed('releases', 'list', '--env', 'dev')).resolves.toMatchObject({
    values: { limit: 20 },
  });
});

test.each([
  ['an unknown environment', ['plan', '--env', 'nowhere']],
  ['an unknown app', ['rollback', '--env', 'dev', '--service', 'web']],
  ['an unknown account', ['bootstrap', '--account', 'mine']],
  ['a limit that is not a number', ['releases', 'list', '--env', 'dev', '--limit', 'x']],
  ['a pull request that is not a number', ['comment', '--pull-request', 'x']],
  ['malformed approved changes', ['deploy', '--env', 'dev', '--approved', '{']],
])('%s is a usage error', async (_, args) => {
  await expect(parsed(...args)).rejects.toMatchObject({ reason: 'usage' });
});

test('the description has every verb with its options as they are typed', () => {
  const { verbs: described } = describeVerbs(verbs);
  expect(described.map(({ name }) => name)).toEqual(verbs.map(({ name }) => name));
  const rollback = described.find(({ name }) => name === 'rollback');
  expect(rollback?.options.map(({ name }) => name)).toEqual([
    '--env',
    '--to',
    '--service',
    '--dry-run',
    '--reason',
  ]);
});

test('the help text has the meaning of every exit code', () => {
  let help = '';
  const program = commandLine(verbs, async () => {}).configureOutput({
    writeOut: (text) => (help += text),
  });
  program.outputHelp();
  for (const { meaning } of Object.values(exits)) expect(help).toContain(meaning);
});

test('verbs do not import each other', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.includes('/') && path.endsWith('.ts'),
  );
  const imports = files.flatMap((path) =>
    [...readFileSync(join(folder, path), 'utf8').matchAll(/from '(\.\.\/(?!\.\.\/)[^']*)'/g)].map(
      ([, imported]) => `${path} imports ${imported}`,
    ),
  );
  expect(imports).toEqual([]);
});

test('the help of every verb explains the exit codes', () => {
  const program = commandLine(verbs, async () => {});
  const [group] = program.commands.filter((command) => command.name() === 'releases');
  for (const command of [program, ...program.commands, ...(group?.commands ?? [])]) {
    let text = '';
    command.configureOutput({ writeOut: (part) => void (text += part) });
    command.outputHelp();
    expect(text).toContain(exits.outOfOrder.meaning);
  }
});
