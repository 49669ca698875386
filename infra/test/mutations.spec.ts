import { policies } from './policies';
import { protectedState } from './policies/operations';
import { resources, type SynthesisedEnvironment } from './policies/policy';
import { synthesiseEnvironment } from './synthesise-environment';

type Mutable = Record<string, unknown>;
type Spoil = (args: Mutable) => void;
type Slip = () => SynthesisedEnvironment;

/** A copy of prod in which the first resource of a type was changed for the worse. */
const broken =
  (type: string, spoil: Spoil): Slip =>
  () => {
    const copy = synthesiseEnvironment('prod');
    const [first] = resources(copy, type);
    if (!first) throw new Error(`prod has no ${type} to spoil.`);
    spoil(first.args as Mutable);
    return copy;
  };

/** The same in a stack other than the one named. */
const brokenOutside =
  (excluded: string, type: string, spoil: Spoil): Slip =>
  () => {
    const copy = synthesiseEnvironment('prod');
    const first = resources(copy, type).find(({ stack }) => stack !== excluded);
    if (!first) throw new Error(`prod has no ${type} outside ${excluded} to spoil.`);
    spoil(first.args as Mutable);
    return copy;
  };

/** A copy of prod without the resources of a type. */
const withoutAny =
  (type: string): Slip =>
  () => {
    const copy = synthesiseEnvironment('prod');
    if (resources(copy, type).length === 0) throw new Error(`prod has no ${type} to lose.`);
    for (const { resource } of Object.values(copy.stacks)) delete (resource as Mutable)[type];
    return copy;
  };

const without =
  (...names: string[]): Spoil =>
  (args) => {
    for (const name of names) {
      if (!(name in args)) throw new Error(`There is no ${name} to take away.`);
      delete args[name];
    }
  };
const having =
  (values: Mutable): Spoil =>
  (args) =>
    void Object.assign(args, values);

/** Rewrites a JSON document inside an argument. */
const rewritten =
  (name: string, rewrite: (document: { [key: string]: Mutable[] }) => void): Spoil =>
  (args) => {
    const document = JSON.parse(String(args[name])) as { [key: string]: Mutable[] };
    rewrite(document);
    args[name] = JSON.stringify(document);
  };
const firstStatement = (values: Mutable) =>
  rewritten('policy', ({ Statement }) => void Object.assign(Statement?.[0] ?? {}, values));
const noStatements = rewritten('policy', (document) => void (document['Statement'] = []));
const container = (values: Mutable) =>
  rewritten('container_definitions', (containers) => {
    Object.assign((containers as unknown as Mutable[])[0] ?? {}, values);
  });
const job = (values: Mutable) =>
  rewritten('container_properties', (properties) => void Object.assign(properties, values));
const model =
  (values: Mutable): Spoil =>
  ({ primary_container: first }) =>
    void Object.assign(first as Mutable, values);

const tag = 'registry/clarity-api:latest';
const plainSecret = { environment: [{ name: 'DATABASE_PASSWORD', value: 'hunter2' }] };
const awsOwnKey = {
  rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } }],
};
const s3OwnKey = {
  rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
};
const open = (values: Mutable) =>
  broken(
    'aws_vpc_security_group_ingress_rule',
    having({ from_port: 8080, to_port: 8080, ...values }),
  );

/** The variable that says which API image runs, taking any text. */
function anyImage(): SynthesisedEnvironment {
  const copy = synthesiseEnvironment('prod');
  const variables = copy.stacks['clarity-prod-services']?.['variable'] as Record<string, Mutable>;
  without('validation')(variables['api_image'] ?? {});
  return copy;
}

function noTags(): SynthesisedEnvironment {
  const copy = synthesiseEnvironment('prod');
  const [stack] = Object.values(copy.stacks);
  delete (stack?.['provider'] as { aws: Mutable[] }).aws[0]?.['default_tags'];
  return copy;
}

/** For each policy, what could slip through a review: one for each thing that the policy looks at. */
const slips: Readonly<Record<string, Readonly<Record<string, Slip>>>> = {
  'tables use our key': {
    'DynamoDB’s own': broken('aws_dynamodb_table', without('server_side_encryption')),
    'AWS’s for the account': broken(
      'aws_dynamodb_table',
      having({ server_side_encryption: { enabled: true } }),
    ),
  },
  'buckets use our key': {
    'AWS’s for the account': broken(
      'aws_s3_bucket_server_side_encryption_configuration',
      having(awsOwnKey),
    ),
    'nothing said': withoutAny('aws_s3_bucket_server_side_encryption_configuration'),
    'S3’s own': () => {
      const copy = synthesiseEnvironment('prod');
      for (const { args } of resources(copy, 'aws_s3_bucket_server_side_encryption_configuration'))
        having(s3OwnKey)(args as Mutable);
      return copy;
    },
  },
  'queues and topics use our key': {
    'a queue': broken('aws_sqs_queue', having({ kms_master_key_id: 'alias/aws/sqs' })),
    'a topic': broken('aws_sns_topic', without('kms_master_key_id')),
  },
  'logs and secrets use our key': {
    'a log': broken('aws_cloudwatch_log_group', without('kms_key_id')),
    'a secret': broken('aws_secretsmanager_secret', without('kms_key_id')),
  },
  'images use our key': {
    'a repository': broken('aws_ecr_repository', without('encryption_configuration')),
  },
  'backups use our key': { 'a vault': broken('aws_backup_vault', without('kms_key_arn')) },
  'host disks use our key': {
    'no disk named': broken('aws_launch_template', without('block_device_mappings')),
    'a plain disk': broken(
      'aws_launch_template',
      having({ block_device_mappings: [{ ebs: { encrypted: 'false' } }] }),
    ),
    'EBS’s own key': broken(
      'aws_launch_template',
      having({ block_device_mappings: [{ ebs: { encrypted: 'true' } }] }),
    ),
  },
  'answers of an endpoint use our key': {
    'the bucket’s': broken(
      'aws_sagemaker_endpoint_configuration',
      having({ async_inference_config: { output_config: { s3_output_path: 's3://b/a' } } }),
    ),
  },
  'keys rotate': { never: broken('aws_kms_key', having({ enable_key_rotation: false })) },
  'no bucket is public': {
    'by policy': broken(
      'aws_s3_bucket_public_access_block',
      having({ block_public_policy: false }),
    ),
    'nothing said': withoutAny('aws_s3_bucket_public_access_block'),
  },
  'buckets take TLS only': {
    'an empty policy': broken('aws_s3_bucket_policy', noStatements),
    'no policy': withoutAny('aws_s3_bucket_policy'),
    'a denial that is none': broken('aws_s3_bucket_policy', (args) => {
      args['policy'] = String(args['policy']).replaceAll('"Deny"', '"Allow"');
    }),
  },
  'queues take TLS only': { 'an empty policy': broken('aws_sqs_queue', noStatements) },
  'topics take TLS only': {
    'an empty policy': broken('aws_sns_topic_policy', noStatements),
    'no policy': withoutAny('aws_sns_topic_policy'),
  },
  'listeners speak TLS 1.2 or newer, or only redirect': {
    'TLS 1.0': broken(
      'aws_lb_listener',
      having({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' }),
    ),
    'plain HTTP': broken(
      'aws_lb_listener',
      having({ protocol: 'HTTP', default_action: [{ type: 'forward' }] }),
    ),
  },
  'the internet reaches nothing but 443 of the load balancer': {
    'IPv4 to a task': open({ cidr_ipv4: '0.0.0.0/0' }),
    'IPv6 to a task': open({ cidr_ipv6: '::/0' }),
    '443 of something else': open({
      cidr_ipv4: '0.0.0.0/0',
      from_port: 443,
      to_port: 443,
      security_group_id: '${aws_security_group.api-group.id}',
    }),
    'more than 443': open({ cidr_ipv4: '0.0.0.0/0', from_port: 443, to_port: 8443 }),
  },
  'security groups have no rules of their own': {
    'one in': broken(
      'aws_security_group',
      having({ ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 22, to_port: 22 }] }),
    ),
  },
  'hosts answer metadata by IMDSv2 only': {
    'tokens optional': broken(
      'aws_launch_template',
      having({ metadata_options: { http_tokens: 'optional' } }),
    ),
    'nothing said': broken('aws_launch_template', without('metadata_options')),
  },
  'no role may do everything': {
    'of a service': broken('aws_iam_role_policy', firstStatement({ Action: ['s3:*'] })),
    'of all services': broken('aws_iam_role_policy', firstStatement({ Action: '*' })),
    'but what is named': broken('aws_iam_role_policy', firstStatement({ NotAction: 'iam:*' })),
  },
  'every resource only where AWS knows nothing narrower': {
    'any object': broken(
      'aws_iam_role_policy',
      firstStatement({ Action: ['s3:GetObject'], Resource: ['*'] }),
    ),
    'but what is named': broken(
      'aws_iam_role_policy',
      firstStatement({ Action: ['s3:GetObject'], NotResource: 'arn:aws:s3:::b/*' }),
    ),
  },
  'roles that a deployment makes are bounded': {
    'nothing said': brokenOutside(
      'clarity-account',
      'aws_iam_role',
      without('permissions_boundary'),
    ),
    'AWS’s administrator': brokenOutside(
      'clarity-account',
      'aws_iam_role',
      having({ permissions_boundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    ),
  },
  'tables recover to a point in time': {
    off: broken('aws_dynamodb_table', having({ point_in_time_recovery: { enabled: false } })),
  },
  'logs are kept for a while, not for ever': {
    'nothing said': broken('aws_cloudwatch_log_group', without('retention_in_days')),
    'for ever': broken('aws_cloudwatch_log_group', having({ retention_in_days: 0 })),
  },
  'a release that fails is rolled back by itself': {
    'no breaker': broken('aws_ecs_service', without('deployment_circuit_breaker')),
    'a breaker that leaves it': broken(
      'aws_ecs_service',
      having({ deployment_circuit_breaker: { enable: true, rollback: false } }),
    ),
    'no alarm': broken(
      'aws_ecs_service',
      having({ alarms: { enable: true, rollback: true, alarm_names: [] } }),
    ),
  },
  'everything carries its tags': { 'a stack without': noTags },
  'containers are hardened and hold no plain secret': {
    'a plain secret': broken('aws_ecs_task_definition', container(plainSecret)),
    'a writable root': broken(
      'aws_ecs_task_definition',
      container({ readonlyRootFilesystem: false }),
    ),
    'a root user': broken('aws_ecs_task_definition', container({ user: '0:0' })),
    'nobody named': broken('aws_ecs_task_definition', container({ user: undefined })),
    privileged: broken('aws_ecs_task_definition', container({ privileged: true })),
    'an added capability': broken(
      'aws_ecs_task_definition',
      container({ linuxParameters: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } } }),
    ),
    'kept capabilities': broken('aws_ecs_task_definition', container({ linuxParameters: {} })),
  },
  'Batch jobs are hardened and hold no plain secret': {
    'a plain secret': broken('aws_batch_job_definition', job(plainSecret)),
    'a writable root': broken('aws_batch_job_definition', job({ readonlyRootFilesystem: false })),
    'a root user': broken('aws_batch_job_definition', job({ user: 'root' })),
    'another kind of job': broken('aws_batch_job_definition', without('container_properties')),
  },
  'models hold no plain secret': {
    'a plain secret': broken(
      'aws_sagemaker_model',
      model({ environment: { DATABASE_PASSWORD: 'hunter2' } }),
    ),
  },
  'what runs is named by its digest': {
    'a tag in a task': broken('aws_ecs_task_definition', container({ image: tag })),
    'a tag in a job': broken('aws_batch_job_definition', job({ image: tag })),
    'a tag in a model': broken('aws_sagemaker_model', model({ image: tag })),
    'a variable that takes any text': anyImage,
  },
  [protectedState.name]: {
    'nothing said': broken('aws_dynamodb_table', having({ lifecycle: {} })),
    'a key': broken('aws_kms_key', having({ lifecycle: { prevent_destroy: false } })),
  },
};

describe.each([...policies, protectedState].map((policy) => [policy.name, policy] as const))(
  '%s',
  (name, policy) => {
    test('holds', () => {
      expect(policy.check(synthesiseEnvironment('prod'))).toEqual([]);
    });
    test.each(Object.entries(slips[name] ?? { 'no slip is known': withoutSlip(name) }))(
      'a slip is found: %s',
      (_what, slip) => {
        expect(policy.check(slip())).not.toEqual([]);
      },
    );
  },
);

test('no slip is against a policy that is no more', () => {
  const known = [...policies, protectedState].map(({ name }) => name);
  expect(Object.keys(slips).filter((name) => !known.includes(name))).toEqual([]);
});

function withoutSlip(name: string): Slip {
  return () => {
    throw new Error(`Nobody says how "${name}" could be broken.`);
  };
}
