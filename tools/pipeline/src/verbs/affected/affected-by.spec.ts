import { affectedBy, baseOf } from './affected-by';

const sha = 'a'.repeat(40);

test('a change of documents deploys nothing', () => {
  expect(affectedBy(['@clarity/workspace', '@clarity/rehearsal'], sha)).toEqual({
    base: sha,
    projects: ['@clarity/workspace', '@clarity/rehearsal'],
    apps: [],
    stacks: [],
    deploy: false,
  });
});

test('an app is deployed for itself, the infrastructure as a whole', () => {
  expect(affectedBy(['@clarity/api'], sha)).toMatchObject({
    apps: ['api'],
    stacks: [],
    deploy: true,
  });
  expect(affectedBy(['@clarity/infra'], sha)).toMatchObject({
    apps: [],
    stacks: ['account', 'foundation', 'data', 'services'],
    deploy: true,
  });
});

test('the base is the current release', async () => {
  await expect(baseOf(sha, async () => true)).resolves.toEqual({ commit: sha });
});

test.each([
  ['nothing was released', undefined, true],
  ['it was released from changes that no commit has', `${sha}-dirty`, true],
  ['the clone does not reach back to it', sha, false],
])('without a base everything is affected: %s', async (_, release, isKnown) => {
  const base = await baseOf(release, async () => isKnown);
  expect(base).toEqual({ commit: undefined, why: expect.any(String) });
});
