import type { Grant } from './least-privilege-policy';

/** What the Fargate or ECS agent needs to start the app: pull the image, read secrets, write the log. */
export const executionGrants = (app: {
  readonly repositoryArn: string;
  readonly logGroupArns: readonly string[];
  readonly secretArns: readonly string[];
  readonly keyArn: string;
  readonly region: string;
}): readonly Grant[] => [
  ...pullGrants(app.repositoryArn),
  {
    sid: 'WriteLog',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: app.logGroupArns.map((arn) => `${arn}:*`),
  },
  ...(app.secretArns.length > 0
    ? [
        {
          sid: 'ReadSecrets',
          actions: ['secretsmanager:GetSecretValue'],
          resources: app.secretArns,
        },
        useKey('DecryptSecrets', app.keyArn, ['kms:Decrypt'], [`secretsmanager.${app.region}`]),
      ]
    : []),
];

/** Pulls images from these repositories. */
export const pullGrants = (...repositoryArns: readonly string[]): readonly Grant[] => [
  {
    sid: 'RegistryLogin',
    actions: ['ecr:GetAuthorizationToken'],
    resources: ['*'],
  },
  {
    sid: 'PullImage',
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: repositoryArns,
  },
];

/** Use of a key only through the given services, e.g. `s3.us-east-1`. */
export const useKey = (
  sid: string,
  keyArn: string,
  actions: readonly string[],
  through: readonly string[],
): Grant => ({
  sid,
  actions,
  resources: [keyArn],
  conditions: {
    StringEquals: { 'kms:ViaService': through.map((service) => `${service}.amazonaws.com`) },
  },
});
