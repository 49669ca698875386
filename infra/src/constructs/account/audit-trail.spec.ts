import { account, keyArn, only, parsed, synthesise } from '../../../test/synthesise';
import { AuditTrail } from './audit-trail';

const stack = synthesise((scope) => {
  new AuditTrail(scope, 'audit', {
    name: 'clarity-test',
    account,
    keyArn,
    bucketName: 'clarity-test-trail',
    keepDays: 365,
    objects: ['arn:aws:s3:::clarity-test-data-123456789012/'],
    tables: ['arn:aws:dynamodb:us-east-1:123456789012:table/clarity-'],
    emptyOnDestroy: false,
    preventDestroy: true,
    resourceTimeout: '5m',
  });
});
const trail = only(stack, 'aws_cloudtrail');

describe('AuditTrail', () => {
  it('records changes everywhere, and each access to health data', () => {
    const selectors = trail['advanced_event_selector'] as { field_selector: object[] }[];
    expect(selectors.map(({ field_selector: fields }) => fields)).toEqual([
      [{ field: 'eventCategory', equals: ['Management'] }],
      expect.arrayContaining([
        { field: 'resources.type', equals: ['AWS::S3::Object'] },
        {
          field: 'resources.ARN',
          starts_with: ['arn:aws:s3:::clarity-test-data-123456789012/'],
        },
      ]),
      expect.arrayContaining([{ field: 'resources.type', equals: ['AWS::DynamoDB::Table'] }]),
    ]);
    expect(trail).toMatchObject({ is_multi_region_trail: true });
  });

  it('is tamper-evident, encrypted with our key, and cannot be destroyed by an apply', () => {
    expect(trail).toMatchObject({
      enable_log_file_validation: true,
      kms_key_id: keyArn,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('keeps its files from being deleted for as long as they are kept', () => {
    expect(only(stack, 'aws_s3_bucket_object_lock_configuration')).toMatchObject({
      rule: { default_retention: { mode: 'GOVERNANCE', days: 365 } },
      depends_on: [expect.stringContaining('aws_s3_bucket_versioning')],
    });
  });

  it('allows only this trail to write to its bucket, which it checks first', () => {
    const statements = parsed(only(stack, 'aws_s3_bucket_policy')['policy']).Statement;
    const ofTrail = statements.filter(
      ({ Principal }) => (Principal as { Service?: string }).Service === 'cloudtrail.amazonaws.com',
    );
    expect(ofTrail.map(({ Action }) => Action)).toEqual(['s3:PutObject', 's3:GetBucketAcl']);
    for (const { Condition } of ofTrail)
      expect(Condition).toEqual({
        StringEquals: {
          'aws:SourceArn': 'arn:aws:cloudtrail:us-east-1:123456789012:trail/clarity-test',
        },
      });
  });
});
