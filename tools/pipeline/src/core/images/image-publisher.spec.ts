import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import { runProgram } from '@clarity/host';
import { releaseOf } from '../../../test/in-memory-environment';
import { region } from '../environment';
import type { Release } from '../releases/release';
import { imagePublisher } from './image-publisher';

jest.mock('../affected/workspace-projects', () => ({
  affectedProjects: async () => ['@clarity/ml-worker'],
  hasCommit: async () => true,
}));
jest.mock('./publish-container-image', () => ({
  publishContainerImage: async (_: unknown, app: string) => `built/${app}`,
}));
jest.mock('./promote-image', () => ({
  promoteImage: async (_: unknown, app: string) => `promoted/${app}`,
}));

const commit = 'a'.repeat(40);
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'publisher-'));
  const git = (...args: readonly string[]) => runProgram('git', args, { cwd: root });
  await git('init', '--quiet');
  const author = ['-c', 'user.name=ada', '-c', 'user.email=ada@clarity.example'];
  await git(...author, 'commit', '--quiet', '--allow-empty', '--message=one');
});
afterAll(() => rm(root, { recursive: true }));

const publisher = (releases: { current?: Release; tested?: Release }) =>
  imagePublisher(
    'dev',
    {
      workspace: { root, dist: join(root, 'dist'), local: join(root, '.local') },
      reporter: { step: () => {}, info: () => {}, warn: () => {} },
      signal: new AbortController().signal,
      ecr: new ECRClient({ region }),
    },
    {
      appsFolder: '',
      current: releases.current,
      tested: releases.tested && { release: releases.tested, ecr: async () => new ECRClient({}) },
    },
  );
const current = { ...releaseOf('v1'), gitSha: commit };

test('an app that did not change keeps its image and the commit it was built from', async () => {
  const builtFrom = { api: 'b'.repeat(40), 'ml-worker': commit };
  const publish = publisher({ current: { ...current, builtFrom } });
  expect(await publish('api')).toEqual({ image: current.images.api, commit: builtFrom.api });
  const { image, commit: from } = await publish('ml-worker');
  expect(image).toBe('built/ml-worker');
  expect(from).toMatch(/^[0-9a-f]{40}$/);
});

test('everything is built for the first release', async () => {
  expect((await publisher({})('api')).image).toBe('built/api');
});

test('after the first environment, what was tested is released, changed or not', async () => {
  const publish = publisher({ current, tested: { ...current, gitSha: 'c'.repeat(40) } });
  expect(await publish('api')).toEqual({ image: 'promoted/api', commit: 'c'.repeat(40) });
  expect((await publish('ml-worker')).image).toBe('promoted/ml-worker');
});
