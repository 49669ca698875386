import { embedded, nonproduction, production } from '../environments/accounts';
import { environments } from '../environments/select';
import {
  previousRelease,
  previousReleaseGrants,
  promotionGrants,
  promotionTrust,
} from './promotion';

const released = (name: string) => {
  const environment = environments[name];
  if (!environment) throw new Error(`There is no environment ${name}.`);
  return previousRelease(environment);
};

it('leads a commit from dev through staging, and into the next account by a role', () => {
  expect(released('dev')).toBeUndefined();
  expect(released('staging')).toEqual({ environment: 'dev' });
  expect(released('prod')).toEqual({
    environment: 'staging',
    role: `arn:aws:iam::${nonproduction.id}:role/clarity-github-promotion`,
  });
});

it('lets only the deploy role of the next account assume the role, which reads pointers and images', () => {
  expect(promotionTrust(production.id)).toContain(`${production.id}:role/clarity-github-deploy`);
  const [releases, ...images] = promotionGrants(nonproduction, ['arn:api', 'arn:ml-worker']);
  expect(releases).toEqual({
    sid: 'ReadReleases',
    actions: ['ssm:GetParameter'],
    resources: ['dev', 'staging'].map(
      (name) => `arn:aws:ssm:us-east-1:${nonproduction.id}:parameter/clarity/${name}/release`,
    ),
  });
  expect(images.flatMap(({ actions }) => actions)).toEqual([
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
  ]);
  expect(images.at(-1)?.resources).toEqual(['arn:api', 'arn:ml-worker']);
});

it('gives the right to assume it to the account that needs it', () => {
  expect(previousReleaseGrants(nonproduction)).toEqual([]);
  expect(previousReleaseGrants(embedded)).toEqual([]);
  expect(previousReleaseGrants(production)[0]?.resources).toEqual([released('prod')?.role]);
});
