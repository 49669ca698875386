import { affectedBy, baseOf } from './affected-by';

const sha = 'a'.repeat(40);

test('a change to documents deploys nothing', () => {
  expect(affectedBy(['@clarity/workspace', '@clarity/rehearsal'], sha)).toEqual({
    base: sha,
    projects: ['@clarity/workspace', '@clarity/rehearsal'],
    apps: [],
    stacks: [],
    deploy: false,
  });
});

test('an app is deployed alone, the infrastructure as a whole', () => {
  expect(affectedBy(['@clarity/api'], sha)).toMatchObject({
    apps: ['api'],
    stacks: [],
    deploy: true,
  });
  expect(affectedBy(['@clarity/infra'], sha)).toMatchObject({
    apps: [],
    stacks: ['account', 'foundation', 'data', 'services', 'inference'],
    deploy: true,
  });
});

test('the base is the current release', async () => {
  await expect(baseOf(sha, async () => true)).resolves.toEqual({ commit: sha });
});

test.each([
  ['nothing has been released', undefined, true],
  ['the release was built from uncommitted changes', `${sha}-dirty`, true],
  ['the clone does not have its commit', sha, false],
])('everything is affected if %s', async (_, release, isKnown) => {
  const base = await baseOf(release, async () => isKnown);
  expect(base).toEqual({ commit: undefined, why: expect.any(String) });
});
