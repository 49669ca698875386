import type { GitHubEvent } from '../../contract';
import { parseWorkflowYaml } from './parse-yaml';
import { starts } from './triggers';

const jobs = "jobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: 'true' }] } }";
const on = (text: string) => parseWorkflowYaml('a.yml', `on:\n  ${text}\n${jobs}`)['on'];

const push: GitHubEvent = { kind: 'push', branch: 'main', before: '', sha: 'a', actor: 'ada' };
const pull: GitHubEvent = { kind: 'pull_request', action: 'opened', number: 1, sha: 'a' };

test('a push starts what names its branch, or none', () => {
  expect(starts(on('push: { branches: [main] }'), 'a.yml', push)).toBe(true);
  expect(starts(on('push: { branches: [other] }'), 'a.yml', push)).toBe(false);
  expect(starts(on('push:'), 'a.yml', push)).toBe(true);
  expect(starts(on('pull_request:'), 'a.yml', push)).toBe(false);
});

test.each([
  ['paths of a push', 'push: { paths: [apps/**] }', push],
  ['patterns of branches', 'push: { branches: [release/*] }', push],
  ['branches of a pull request', 'pull_request: { branches: [main] }', pull],
])('refuses filters: %s', (_what, text, event) => {
  expect(() => starts(on(text), 'a.yml', event)).toThrow('(a.yml:2)');
});
