import type { RoleCredentials } from '../moto/assume-role';
import { taskCredentials, taskCredentialsPath } from './task-credentials';

const task = { id: 'task-1', roleArn: 'arn:aws:iam::123456789012:role/clarity-local-api-task' };
const endpoint = 'http://127.0.0.1:4566';

/** Credentials that are valid for this many minutes; counts how often they were issued. */
function issuer(minutes: number) {
  const issued: string[] = [];
  const assume = (roleArn: string, session: string): Promise<RoleCredentials> => {
    issued.push(`${roleArn} ${session}`);
    return Promise.resolve({
      accessKeyId: `key-${issued.length}`,
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiresAt: new Date(Date.now() + minutes * 60_000),
    });
  };
  return { assume, issued };
}

const pathIn = (environment: Readonly<Record<string, string>>) =>
  environment['AWS_CONTAINER_CREDENTIALS_FULL_URI']?.slice(endpoint.length) ?? '';

test('a container reads the credentials of its task role, in the session of its task', async () => {
  const { assume, issued } = issuer(60);
  const credentials = taskCredentials(assume);
  const environment = credentials.environmentOf(task, endpoint);
  const answer = await credentials.answer(
    pathIn(environment),
    environment['AWS_CONTAINER_AUTHORIZATION_TOKEN'],
  );
  expect(answer).toMatchObject({
    status: 200,
    page: { AccessKeyId: 'key-1', RoleArn: task.roleArn },
  });
  expect(issued).toEqual([`${task.roleArn} task-1`]);
});

test('containers of one task share their credentials', async () => {
  const { assume, issued } = issuer(60);
  const credentials = taskCredentials(assume);
  const [first, second] = [task, task].map((each) => credentials.environmentOf(each, endpoint));
  expect(first).toEqual(second);
  for (const environment of [first, second])
    await credentials.answer(
      pathIn(environment ?? {}),
      environment?.['AWS_CONTAINER_AUTHORIZATION_TOKEN'],
    );
  expect(issued).toHaveLength(1);
});

test('credentials that are about to expire are issued again', async () => {
  const { assume } = issuer(10);
  const credentials = taskCredentials(assume);
  const environment = credentials.environmentOf(task, endpoint);
  const ask = () =>
    credentials.answer(pathIn(environment), environment['AWS_CONTAINER_AUTHORIZATION_TOKEN']);
  await ask();
  expect((await ask()).page['AccessKeyId']).toBe('key-2');
});

test.each([
  ['the token of another task', 'of another task'],
  ['no token', undefined],
])('%s opens nothing', async (_, token) => {
  const { assume, issued } = issuer(60);
  const credentials = taskCredentials(assume);
  const environment = credentials.environmentOf(task, endpoint);
  expect(await credentials.answer(pathIn(environment), token)).toMatchObject({ status: 404 });
  expect(await credentials.answer(`${taskCredentialsPath}unknown`, token)).toMatchObject({
    status: 404,
  });
  expect(issued).toEqual([]);
});
