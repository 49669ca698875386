import { clientEnvironment, referenceIn, runArguments, runEnvironment } from './docker-arguments';
import type { ContainerSpec } from './task-runtime';

const container: ContainerSpec = {
  name: 'api',
  image: 'clarity-api@sha256:0',
  essential: true,
  command: undefined,
  entryPoint: undefined,
  environment: { CURSOR_KEY: 'secret of the task', PATH: '/usr/local/bin' },
  containerPorts: [],
  healthCheck: undefined,
  dependsOn: [],
  stopTimeoutMs: 1_000,
};
const place = { name: 'clarity-1-api', image: 'clarity-api', taskId: '1' };

test('passes no secret as an argument, which everybody on the machine can read', () => {
  const client = clientEnvironment({ PATH: '/usr/bin', HOME: '/home/me', AWS_PROFILE: 'prod' });
  expect(runArguments(container, place).join(' ')).not.toContain('secret of the task');
  expect(runArguments(container, place)).toContain('--env=CURSOR_KEY');
  expect(runEnvironment(container, client)).toEqual({
    CURSOR_KEY: 'secret of the task',
    PATH: '/usr/bin',
    HOME: '/home/me',
  });
});

test("what the container calls PATH does not become the client's", () => {
  expect(runArguments(container, place)).toContain('--env=PATH=/usr/local/bin');
});

test('a container cannot write, and cannot become another user', () => {
  expect(runArguments(container, place)).toEqual(
    expect.arrayContaining(['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges']),
  );
});

test.each([
  [undefined, undefined, []],
  [undefined, ['node', 'model.js'], ['node', 'model.js']],
  [['node', 'main.js'], ['--flag'], ['main.js', '--flag']],
])('entry point %j and command %j end as %j behind the image', (entryPoint, command, after) => {
  const given = runArguments({ ...container, entryPoint, command }, place);
  expect(given.slice(given.indexOf('clarity-api') + 1)).toEqual(after);
  expect(given.includes('--entrypoint=node')).toBe(entryPoint !== undefined);
});

test('a registry that replaces ECR keeps repository and digest', () => {
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/clarity-api@sha256:0';
  expect(referenceIn('127.0.0.1:5000', image)).toBe('127.0.0.1:5000/clarity-api@sha256:0');
  expect(referenceIn(undefined, image)).toBe(image);
});
