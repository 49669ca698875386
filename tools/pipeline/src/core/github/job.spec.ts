import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentJob, pullRequestEvent } from './job';

const folder = mkdtempSync(join(tmpdir(), 'job-'));
const file = (name: string, text = '') => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const before = { ...process.env };
let printed: string[];

beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  Object.assign(process.env, {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});
afterAll(() => rmSync(folder, { recursive: true }));

const actions = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'clarity/backend',
  GITHUB_RUN_ID: '7',
};

test('writes outputs and the summary of a job to their files, annotations and masks as commands', async () => {
  process.env['GITHUB_ACTIONS'] = 'true';
  const job = currentJob({ ...process.env, ...actions });
  job.output('apps', '["api"]');
  job.annotate('error', 'no\nplan', 'Plan');
  job.mask('first line\nsecond line');
  await job.summarise('## Plan');
  expect(readFileSync(join(folder, 'output'), 'utf8')).toMatch(/apps<<(\S+)\n\["api"\]\n\1\n/);
  expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe('## Plan\n');
  expect(printed.join('')).toBe(
    '::error title=Plan::no%0Aplan\n::add-mask::first line\n::add-mask::second line\n',
  );
  expect(job.runUrl).toBe('https://github.example/clarity/backend/actions/runs/7');
});

test('prints only results if it is run by hand', async () => {
  const job = currentJob({});
  job.output('deploy', 'true');
  job.annotate('warning', 'drift');
  job.mask('secret');
  await job.summarise('## Plan');
  expect(printed).toEqual(['deploy=true\n']);
  expect(job.runUrl).toBeUndefined();
});

test('the commit of a pull request is the pushed one, not its merge', () => {
  const event = { pull_request: { number: 7, head: { sha: 'abc' } } };
  const path = file('event.json', JSON.stringify(event));
  expect(pullRequestEvent({ GITHUB_EVENT_PATH: path })).toEqual({ number: 7, headSha: 'abc' });
  expect(pullRequestEvent({ GITHUB_EVENT_PATH: file('push.json', '{}') })).toBeUndefined();
  expect(pullRequestEvent({})).toBeUndefined();
});
