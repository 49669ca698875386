import { s3KeyOnly } from '../../src/constructs/data/log-bucket';
import { block, companionOf, forEach, type Policy } from './policy';

/** A key from one of our stacks; an AWS managed key does not count. */
function isOwnKey(value: unknown): boolean {
  return typeof value === 'string' && /aws_kms_key/.test(value);
}

const needsKey = (value: unknown) => (isOwnKey(value) ? undefined : 'not encrypted with our key');

export const encryption: readonly Policy[] = [
  forEach('tables use our key', ['aws_dynamodb_table'], ({ args }) =>
    needsKey(block(args, 'server_side_encryption')?.['kms_key_arn']),
  ),
  forEach('buckets use our key', ['aws_s3_bucket'], (bucket, environment) => {
    const type = 'aws_s3_bucket_server_side_encryption_configuration';
    const rule = block(companionOf(environment, type, 'bucket', bucket), 'rule');
    const by = block(rule, 'apply_server_side_encryption_by_default');
    const excused = Object.keys(s3KeyOnly).some((id) => bucket.address.endsWith(`${id}_bucket`));
    if (excused && by?.['sse_algorithm'] === 'AES256') return undefined;
    return needsKey(by?.['kms_master_key_id']);
  }),
  forEach('queues and topics use our key', ['aws_sqs_queue', 'aws_sns_topic'], ({ args }) =>
    needsKey(args['kms_master_key_id']),
  ),
  forEach(
    'logs and secrets use our key',
    ['aws_cloudwatch_log_group', 'aws_secretsmanager_secret'],
    ({ args }) => needsKey(args['kms_key_id']),
  ),
  forEach('images use our key', ['aws_ecr_repository'], ({ args }) =>
    needsKey(block(args, 'encryption_configuration')?.['kms_key']),
  ),
  forEach('backups use our key', ['aws_backup_vault'], ({ args }) => needsKey(args['kms_key_arn'])),
  forEach('host disks use our key', ['aws_launch_template'], ({ args }) => {
    const disk = block(block(args, 'block_device_mappings'), 'ebs');
    if (String(disk?.['encrypted']) !== 'true') return 'the disk is not encrypted';
    return needsKey(disk?.['kms_key_id']);
  }),
  forEach(
    'answers of an endpoint use our key',
    ['aws_sagemaker_endpoint_configuration'],
    ({ args }) =>
      needsKey(block(block(args, 'async_inference_config'), 'output_config')?.['kms_key_id']),
  ),
  forEach('keys rotate', ['aws_kms_key'], ({ args }) =>
    args['enable_key_rotation'] === true ? undefined : 'does not rotate',
  ),
];
