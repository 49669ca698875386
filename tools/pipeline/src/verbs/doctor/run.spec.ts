import { fakeGitHub, type FakeAnswer } from '../../../test/fake-github';
import { examineRepository } from './run';

type Settings = Readonly<Record<string, FakeAnswer>>;
const reviewers = [{ type: 'required_reviewers', reviewers: [{ reviewer: { login: 'ada' } }] }];
const variables = (values: Readonly<Record<string, string>>): FakeAnswer => ({
  body: {
    total_count: Object.keys(values).length,
    variables: Object.entries(values).map(([name, value]) => ({ name, value })),
  },
});
const environment = (name: string, rules: readonly object[] = []): Settings => ({
  [`environments/${name}`]: {
    body: {
      protection_rules: rules,
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    },
  },
  [`environments/${name}/deployment-branch-policies`]: branches('main'),
});
const branches = (...names: readonly string[]): FakeAnswer => ({
  body: {
    total_count: names.length,
    branch_policies: names.map((name) => ({ name, type: 'branch' })),
  },
});
const wellSetUp: Settings = {
  'actions/variables': variables({
    CLARITY_ENVIRONMENTS: '["dev","prod"]',
    CLARITY_ACCOUNTS: '{"dev":"111122223333","prod":"444455556666"}',
    ONNXRUNTIME_CUDA_SHA256: 'a'.repeat(64),
  }),
  ...environment('dev'),
  ...environment('dev-approval', reviewers),
  ...environment('prod', reviewers),
  ...environment('prod-approval', reviewers),
  'rules/branches/main': {
    body: [
      {
        type: 'required_status_checks',
        parameters: { required_status_checks: [{ context: 'ci' }] },
      },
    ],
  },
  'actions/permissions/workflow': { body: { default_workflow_permissions: 'read' } },
};

/** @returns what the doctor reports, and its failure */
async function examine(settings: Settings) {
  const { github, close } = await fakeGitHub(({ path }) => {
    const name = path.replace('/repos/clarity/backend/', '');
    return settings[name] ?? { status: 404 };
  });
  const complaints: string[] = [];
  const reporter = {
    step: () => {},
    info: () => {},
    warn: (text: string) => void complaints.push(text),
  };
  const failure = await examineRepository(github, reporter).then(
    () => undefined,
    (error: Error) => error,
  );
  await close();
  return { complaints, failure };
}

test('a repository that is set up gets no complaint', async () => {
  expect(await examine(wellSetUp)).toEqual({ complaints: [], failure: undefined });
});

test('the older branch protection counts as well', async () => {
  const settings = {
    ...wellSetUp,
    'rules/branches/main': { body: [] },
    'branches/main/protection': { body: { required_status_checks: { contexts: ['ci'] } } },
  };
  expect((await examine(settings)).complaints).toEqual([]);
});

test.each<[string, string, FakeAnswer, RegExp]>([
  ['environments are missing', 'actions/variables', variables({}), /CLARITY_ENVIRONMENTS/],
  [
    'an environment has no account',
    'actions/variables',
    variables({ CLARITY_ENVIRONMENTS: '["dev"]', CLARITY_ACCOUNTS: '{"dev":"12"}' }),
    /no account.* for dev/,
  ],
  [
    'an environment is unknown',
    'actions/variables',
    variables({ CLARITY_ENVIRONMENTS: '["nowhere"]' }),
    /"nowhere"/,
  ],
  ['nobody is asked', 'environments/prod-approval', { status: 404 }, /prod-approval has no/],
  [
    'nobody is asked about production',
    'environments/prod',
    environment('prod')['environments/prod'] ?? {},
    /prod has no required reviewers/,
  ],
  [
    'an environment does not exist, so that GitHub would make an open one',
    'environments/dev',
    { status: 404 },
    /dev admits jobs of other branches/,
  ],
  [
    'every branch may deploy',
    'environments/dev',
    { body: { deployment_branch_policy: null } },
    /dev admits jobs of other branches/,
  ],
  [
    'every protected branch may deploy',
    'environments/prod-approval',
    {
      body: {
        protection_rules: reviewers,
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
      },
    },
    /prod-approval admits jobs of other branches/,
  ],
  [
    'a second branch may deploy',
    'environments/prod/deployment-branch-policies',
    branches('main', 'hotfix/*'),
    /prod admits jobs of other branches/,
  ],
  [
    'a tag may deploy',
    'environments/prod/deployment-branch-policies',
    { body: { total_count: 1, branch_policies: [{ name: 'main', type: 'tag' }] } },
    /prod admits jobs of other branches/,
  ],
  ['main is open', 'rules/branches/main', { body: [] }, /without the check "ci"/],
  [
    'tokens may write',
    'actions/permissions/workflow',
    { body: { default_workflow_permissions: 'write' } },
    /set the default to read/,
  ],
])('reports that %s', async (_, name, answer, complaint) => {
  const { complaints, failure } = await examine({ ...wellSetUp, [name]: answer });
  expect(complaints.join('\n')).toMatch(complaint);
  expect(failure).toMatchObject({ reason: 'environment' });
});
