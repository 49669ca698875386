import { unknownPath } from './context-paths';

test.each([
  "contains(needs.*.result, 'failure') && always()",
  'fromJSON(vars.ACCOUNTS)[matrix.environment]',
  'github.event.pull_request.head.sha',
  "github.event['number'] || !github.event.inputs.reason",
  'steps.plan.outputs[matrix.environment]',
  "format('{0}', toJSON(matrix)) == hashFiles('a')",
])('%s has only what this runner has', (expression) => {
  expect(unknownPath(expression)).toBeUndefined();
});

test.each([
  ['github.event.sender.login', 'github.event.sender.login'],
  ['GitHub.Event.Sender', 'github.event.sender'],
  ['github.event.pull_request', 'github.event.pull_request'],
  ['toJSON(github)', 'github'],
  ["success() && (runner.name == 'x')", 'runner.name'],
  ['vars[github.actor_id]', 'github.actor_id'],
  ['github[vars.NAME]', 'github.[…]'],
  ['github.*', 'github.[…]'],
  ['fromJSON(github.event.commits[0])', 'github.event.commits.0'],
  ['job.container.id', 'job.container.id'],
])('%s has what would be empty here', (expression, path) => {
  expect(unknownPath(expression)).toBe(path);
});

test.each(["success('build')", 'unknown()', 'secret.KEY', 'a &&'])(
  '%s is refused',
  (expression) => {
    expect(() => unknownPath(expression)).toThrow();
  },
);
