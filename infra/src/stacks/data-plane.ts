import type { DataPlane } from '../permissions/task-grants';
import type { DataStack } from './data-stack';

/** What tasks may be granted of a data stack. */
export const dataPlaneOf = (data: DataStack, region: string): DataPlane => ({
  region,
  keyArn: data.key.arn,
  tableArn: data.table.arn,
  bucketArn: data.bucket.arn,
  topicArn: data.topic.arn,
  jobsQueueArn: data.analysisJobs.arn,
  deadLettersArn: data.analysisJobs.deadLetterArn,
});
