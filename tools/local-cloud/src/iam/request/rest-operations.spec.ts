import { restOperation } from './rest-operations';

it.each([
  ['backup', 'PUT', '/backup/plans/', 'CreateBackupPlan', {}],
  [
    'backup',
    'GET',
    '/backup/plans/p/selections/s',
    'GetBackupSelection',
    { BackupPlanId: 'p', SelectionId: 's' },
  ],
  [
    'backup',
    'GET',
    '/tags/arn%3Aaws%3Abackup%3A%3A1%3Ax%2Fy/',
    'ListTags',
    { ResourceArn: 'arn:aws:backup::1:x/y' },
  ],
  [
    'route53',
    'POST',
    '/2013-04-01/hostedzone/Z/rrset/',
    'ChangeResourceRecordSets',
    { HostedZoneId: 'Z' },
  ],
  ['batch', 'POST', '/v1/submitJob', 'submitJob', {}],
  [
    'batch',
    'GET',
    '/v1/tags/arn:aws:batch:r:1:job-queue/q',
    'ListTagsForResource',
    { ResourceArn: 'arn:aws:batch:r:1:job-queue/q' },
  ],
  ['chatbot', 'POST', '/create-slack-channel-configuration', 'createslackchannelconfiguration', {}],
  ['xray', 'POST', '/TraceSegments', 'PutTraceSegments', {}],
])('%s: %s %s is %s', (service, method, path, operation, parameters) => {
  expect(restOperation(service, method, path)).toEqual({ operation, parameters });
});

it('does not guess the operation of a path that is not listed', () => {
  expect(restOperation('backup', 'GET', '/frameworks/f')).toBeUndefined();
});
