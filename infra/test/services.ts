import { account, keyArn } from './synthesise';

/** Properties of both services in the specs. */
export const serviceProps = {
  account,
  clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/clarity-test',
  clusterName: 'clarity-test',
  image: `registry/app@sha256:${'a'.repeat(64)}`,
  repositoryArn: 'arn:aws:ecr:us-east-1:123456789012:repository/app',
  cpu: 512,
  memoryMiB: 1024,
  environment: { RELEASE: 'one', PORT: '8080' },
  secretsKeyArn: keyArn,
  grants: [{ sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }],
  logGroup: '/clarity/test/app',
  logRetentionDays: 14,
  logsKeyArn: keyArn,
  startupSeconds: 30,
  desired: 2,
  subnetIds: ['subnet-1'],
  securityGroupId: 'sg-1',
  resourceTimeout: '5m',
  rollBackOn: ['clarity-test-errors'],
  collector: {
    container: { name: 'collector', cpu: 64, essential: false },
    cpu: 64,
    taskGrants: [],
    environment: { OTEL_SERVICE_NAME: 'app' },
    logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/clarity/test/collector',
  },
};
