import { listOf, parseCommandLine, UsageError } from './command-line';
import { scenarios } from './scenarios/registry';

const chosen = (...args: string[]) => {
  const request = parseCommandLine(args);
  return 'chosen' in request ? request.chosen.map(({ name }) => name) : [];
};

test('without options every scenario runs', () => {
  expect(chosen()).toEqual(scenarios.map(({ name }) => name));
});

test('--only runs a scenario and what it needs, and can be repeated', () => {
  expect(chosen('--only', 'bootstrap')).toEqual(['start-aws', 'bootstrap']);
  expect(chosen('--only', 'synth', '--only', 'model-bundle')).toEqual([
    'start-aws',
    'synth',
    'model-bundle',
  ]);
});

test('--quick has a deploy, an analysis and a rollback, and counts the failed requests', () => {
  const names = chosen('--quick');
  expect(names).toEqual(
    expect.arrayContaining([
      'deploy',
      'analyse-week',
      'deploy-never-healthy',
      'count-failed-requests',
    ]),
  );
  expect(names).not.toContain('fork-pull-request');
});

test('an unknown scenario or option is a usage error with exit code 2', () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const args of [['--only', 'unknown'], ['--fast']])
    expect(() => parseCommandLine(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  expect(() => parseCommandLine(['--only', 'unknown'])).toThrow(UsageError);
  expect(() => parseCommandLine(['--only', 'unknown'])).toThrow('There is no scenario "unknown".');
});

test('--list prints each scenario with its summary and what it needs', () => {
  expect(parseCommandLine(['--list'])).toEqual({ list: true });
  expect(listOf(scenarios)).toContain(
    'publish-model\n  publish the model\n  needs apply-base-stacks, model-bundle\n',
  );
});

test('names are unique, and each needs only scenarios that are registered before it', () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [index, { needs }] of scenarios.entries())
    for (const need of needs) expect(names.slice(0, index)).toContain(need.name);
});
