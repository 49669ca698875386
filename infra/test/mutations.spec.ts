import { policies } from './policies';
import { ofProduction } from './policies/operations';
import { resources, type SynthesisedEnvironment } from './policies/policy';
import { synthesiseEnvironment } from './synthesise-environment';

type Mutable = Record<string, unknown>;
type Mutation = (args: Mutable) => void;
type Mutant = () => SynthesisedEnvironment;

/** A copy of prod with a faulty first resource of a type. */
const broken =
  (type: string, mutate: Mutation): Mutant =>
  () => {
    const copy = synthesiseEnvironment('prod');
    const [first] = resources(copy, type);
    if (!first) throw new Error(`prod has no ${type} to mutate.`);
    mutate(first.args as Mutable);
    return copy;
  };

/** The same in any stack but the given one. */
const brokenOutside =
  (excluded: string, type: string, mutate: Mutation): Mutant =>
  () => {
    const copy = synthesiseEnvironment('prod');
    const first = resources(copy, type).find(({ stack }) => stack !== excluded);
    if (!first) throw new Error(`prod has no ${type} outside ${excluded} to mutate.`);
    mutate(first.args as Mutable);
    return copy;
  };

/** A copy of prod without the resources of a type. */
const withoutAny =
  (type: string): Mutant =>
  () => {
    const copy = synthesiseEnvironment('prod');
    if (resources(copy, type).length === 0) throw new Error(`prod has no ${type} to remove.`);
    for (const { resource } of Object.values(copy.stacks)) delete (resource as Mutable)[type];
    return copy;
  };

const without =
  (...names: string[]): Mutation =>
  (args) => {
    for (const name of names) {
      if (!(name in args)) throw new Error(`There is no ${name} to remove.`);
      delete args[name];
    }
  };
const having =
  (values: Mutable): Mutation =>
  (args) =>
    void Object.assign(args, values);

/** Rewrites a JSON document inside an argument. */
const rewritten =
  (name: string, rewrite: (document: { [key: string]: Mutable[] }) => void): Mutation =>
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
  (values: Mutable): Mutation =>
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

/** The variable for the API's image, without its validation. */
function anyImage(): SynthesisedEnvironment {
  const copy = synthesiseEnvironment('prod');
  const variables = copy.stacks['clarity-prod-services']?.['variable'] as Record<string, Mutable>;
  without('validation')(variables['api_image'] ?? {});
  return copy;
}

/** A copy of prod with a faulty rule for failed backups. */
const brokenBackupRule =
  (mutate: Mutation): Mutant =>
  () => {
    const copy = synthesiseEnvironment('prod');
    const rule = resources(copy, 'aws_cloudwatch_event_rule').find(({ args }) =>
      String(args['event_pattern']).includes('aws.backup'),
    );
    if (!rule) throw new Error('prod has no rule for backups to mutate.');
    mutate(rule.args as Mutable);
    return copy;
  };
const backupPattern = (mutate: Mutation) => brokenBackupRule(rewritten('event_pattern', mutate));

function noTags(): SynthesisedEnvironment {
  const copy = synthesiseEnvironment('prod');
  const [stack] = Object.values(copy.stacks);
  delete (stack?.['provider'] as { aws: Mutable[] }).aws[0]?.['default_tags'];
  return copy;
}

/** Mutations by policy: at least one for each property that the policy checks. */
const mutants: Readonly<Record<string, Readonly<Record<string, Mutant>>>> = {
  'tables use our key': {
    'DynamoDB’s own key': broken('aws_dynamodb_table', without('server_side_encryption')),
    'an AWS managed key': broken(
      'aws_dynamodb_table',
      having({ server_side_encryption: { enabled: true } }),
    ),
  },
  'buckets use our key': {
    'an AWS managed key': broken(
      'aws_s3_bucket_server_side_encryption_configuration',
      having(awsOwnKey),
    ),
    'not set': withoutAny('aws_s3_bucket_server_side_encryption_configuration'),
    'S3’s own key': () => {
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
    'no disk': broken('aws_launch_template', without('block_device_mappings')),
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
    'the bucket’s default': broken(
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
    'not set': withoutAny('aws_s3_bucket_public_access_block'),
  },
  'buckets allow TLS only': {
    'an empty policy': broken('aws_s3_bucket_policy', noStatements),
    'no policy': withoutAny('aws_s3_bucket_policy'),
    'a deny statement that allows': broken('aws_s3_bucket_policy', (args) => {
      args['policy'] = String(args['policy']).replaceAll('"Deny"', '"Allow"');
    }),
  },
  'queues allow TLS only': { 'an empty policy': broken('aws_sqs_queue', noStatements) },
  'topics allow TLS only': {
    'an empty policy': broken('aws_sns_topic_policy', noStatements),
    'no policy': withoutAny('aws_sns_topic_policy'),
  },
  'listeners use TLS 1.2 or newer, or only redirect': {
    'TLS 1.0': broken(
      'aws_lb_listener',
      having({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' }),
    ),
    'plain HTTP': broken(
      'aws_lb_listener',
      having({ protocol: 'HTTP', default_action: [{ type: 'forward' }] }),
    ),
  },
  'only port 443 of the load balancer is open to the internet': {
    'IPv4 to a task': open({ cidr_ipv4: '0.0.0.0/0' }),
    'IPv6 to a task': open({ cidr_ipv6: '::/0' }),
    '443 of another group': open({
      cidr_ipv4: '0.0.0.0/0',
      from_port: 443,
      to_port: 443,
      security_group_id: '${aws_security_group.api-group.id}',
    }),
    'more than 443': open({ cidr_ipv4: '0.0.0.0/0', from_port: 443, to_port: 8443 }),
  },
  'security groups have no inline rules': {
    'an ingress rule': broken(
      'aws_security_group',
      having({ ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 22, to_port: 22 }] }),
    ),
  },
  'hosts allow only IMDSv2': {
    'tokens optional': broken(
      'aws_launch_template',
      having({ metadata_options: { http_tokens: 'optional' } }),
    ),
    'not set': broken('aws_launch_template', without('metadata_options')),
  },
  'no role has wildcard actions': {
    'all actions of a service': broken('aws_iam_role_policy', firstStatement({ Action: ['s3:*'] })),
    'all actions': broken('aws_iam_role_policy', firstStatement({ Action: '*' })),
    'all but one': broken('aws_iam_role_policy', firstStatement({ NotAction: 'iam:*' })),
  },
  'resource * only for actions that support nothing narrower': {
    'any object': broken(
      'aws_iam_role_policy',
      firstStatement({ Action: ['s3:GetObject'], Resource: ['*'] }),
    ),
    'all but one': broken(
      'aws_iam_role_policy',
      firstStatement({ Action: ['s3:GetObject'], NotResource: 'arn:aws:s3:::b/*' }),
    ),
  },
  'roles of environments have the boundary': {
    'not set': brokenOutside('clarity-account', 'aws_iam_role', without('permissions_boundary')),
    'AWS’s administrator policy': brokenOutside(
      'clarity-account',
      'aws_iam_role',
      having({ permissions_boundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    ),
  },
  'failed backups notify': {
    'no rule': withoutAny('aws_cloudwatch_event_rule'),
    'no target': withoutAny('aws_cloudwatch_event_target'),
    'a disabled rule': brokenBackupRule(having({ state: 'DISABLED' })),
    'copy jobs only': backupPattern(having({ 'detail-type': ['Copy Job State Change'] })),
    'another vault': backupPattern(({ detail }) =>
      having({ backupVaultName: ['clarity-dev-backup'] })(detail as Mutable),
    ),
    ...Object.fromEntries(
      ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'].map((state) => [
        `not of ${state}`,
        backupPattern(({ detail }) => {
          const matched = detail as { state: string[] };
          matched.state = matched.state.filter((each) => each !== state);
        }),
      ]),
    ),
  },
  'tables have point-in-time recovery': {
    off: broken('aws_dynamodb_table', having({ point_in_time_recovery: { enabled: false } })),
  },
  'logs expire': {
    'not set': broken('aws_cloudwatch_log_group', without('retention_in_days')),
    'no expiry': broken('aws_cloudwatch_log_group', having({ retention_in_days: 0 })),
  },
  'a failed release is rolled back automatically': {
    'no breaker': broken('aws_ecs_service', without('deployment_circuit_breaker')),
    'a breaker without rollback': broken(
      'aws_ecs_service',
      having({ deployment_circuit_breaker: { enable: true, rollback: false } }),
    ),
    'no alarm': broken(
      'aws_ecs_service',
      having({ alarms: { enable: true, rollback: true, alarm_names: [] } }),
    ),
  },
  'all resources have the required tags': { 'a stack without tags': noTags },
  'containers are hardened and contain no plain-text secret': {
    'a plain secret': broken('aws_ecs_task_definition', container(plainSecret)),
    'a writable root': broken(
      'aws_ecs_task_definition',
      container({ readonlyRootFilesystem: false }),
    ),
    'a root user': broken('aws_ecs_task_definition', container({ user: '0:0' })),
    'no user': broken('aws_ecs_task_definition', container({ user: undefined })),
    privileged: broken('aws_ecs_task_definition', container({ privileged: true })),
    'an added capability': broken(
      'aws_ecs_task_definition',
      container({ linuxParameters: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } } }),
    ),
    'kept capabilities': broken('aws_ecs_task_definition', container({ linuxParameters: {} })),
  },
  'Batch jobs are hardened and contain no plain-text secret': {
    'a plain secret': broken('aws_batch_job_definition', job(plainSecret)),
    'a writable root': broken('aws_batch_job_definition', job({ readonlyRootFilesystem: false })),
    'a root user': broken('aws_batch_job_definition', job({ user: 'root' })),
    'another type of job': broken('aws_batch_job_definition', without('container_properties')),
  },
  'models contain no plain-text secret': {
    'a plain secret': broken(
      'aws_sagemaker_model',
      model({ environment: { DATABASE_PASSWORD: 'hunter2' } }),
    ),
  },
  'images are pinned by digest': {
    'a tag in a task': broken('aws_ecs_task_definition', container({ image: tag })),
    'a tag in a job': broken('aws_batch_job_definition', job({ image: tag })),
    'a tag in a model': broken('aws_sagemaker_model', model({ image: tag })),
    'a variable that accepts any text': anyImage,
  },
  'load balancers log requests': {
    'no log': broken('aws_lb', without('access_logs')),
    'a log that is off': broken('aws_lb', having({ access_logs: { enabled: false } })),
  },
  'networks log their traffic': { 'no flow log': withoutAny('aws_flow_log') },
  'firewalls log requests': { 'no log': withoutAny('aws_wafv2_web_acl_logging_configuration') },
  'a firewall is in front of each load balancer': {
    'not associated': withoutAny('aws_wafv2_web_acl_association'),
  },
  'audit trails are tamper-evident': {
    'no digests': broken('aws_cloudtrail', having({ enable_log_file_validation: false })),
  },
  'roles are assumed only under a condition': {
    'any account': broken(
      'aws_iam_role',
      rewritten('assume_role_policy', ({ Statement = [] }) => {
        for (const each of Statement) delete each['Condition'];
      }),
    ),
  },
  'keys are closed to other accounts': {
    'a key for everyone': broken(
      'aws_kms_key',
      rewritten('policy', ({ Statement = [] }) => {
        Statement.push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:Decrypt' });
      }),
    ),
  },
  'AWS refuses to delete what users need': {
    'a load balancer': broken('aws_lb', having({ enable_deletion_protection: false })),
    'a table': broken('aws_dynamodb_table', having({ deletion_protection_enabled: false })),
    'a user pool': broken('aws_cognito_user_pool', having({ deletion_protection: 'INACTIVE' })),
  },
  'what cannot be recreated cannot be destroyed by an apply': {
    'not set': broken('aws_dynamodb_table', having({ lifecycle: {} })),
    'a zone': broken('aws_route53_zone', having({ lifecycle: {} })),
    'a key': broken('aws_kms_key', having({ lifecycle: { prevent_destroy: false } })),
  },
};

describe.each([...policies, ...ofProduction].map((policy) => [policy.name, policy] as const))(
  '%s',
  (name, policy) => {
    test('holds', () => {
      expect(policy.check(synthesiseEnvironment('prod'))).toEqual([]);
    });
    test.each(Object.entries(mutants[name] ?? { 'mutation missing': withoutMutant(name) }))(
      'detects: %s',
      (_what, mutant) => {
        expect(policy.check(mutant())).not.toEqual([]);
      },
    );
  },
);

test('every mutation is for an existing policy', () => {
  const known = [...policies, ...ofProduction].map(({ name }) => name);
  expect(Object.keys(mutants).filter((name) => !known.includes(name))).toEqual([]);
});

function withoutMutant(name: string): Mutant {
  return () => {
    throw new Error(`No mutation for the policy "${name}".`);
  };
}
