import { only, parsed, synthesise } from '../../../test/synthesise';
import { BackupEvents } from './backup-events';

const stack = synthesise((scope) => {
  new BackupEvents(scope, 'backups', {
    name: 'clarity-test',
    vaultName: 'clarity-test-backup',
    topicArn: 'arn:topic',
  });
});

describe('BackupEvents', () => {
  it('matches jobs of its own vault that made no complete recovery point', () => {
    expect(parsed(only(stack, 'aws_cloudwatch_event_rule')['event_pattern'])).toEqual({
      source: ['aws.backup'],
      'detail-type': ['Backup Job State Change'],
      detail: {
        backupVaultName: ['clarity-test-backup'],
        state: ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'],
      },
    });
  });

  it('sends the job, which has the reason, and only values without quotes', () => {
    const target = only(stack, 'aws_cloudwatch_event_target');
    expect(target).toMatchObject({ arn: 'arn:topic' });
    expect(
      Object.values((target['input_transformer'] as { input_paths: object }).input_paths),
    ).toEqual(['$.detail.backupJobId', '$.detail.resourceArn', '$.detail.state', '$.time']);
  });
});
