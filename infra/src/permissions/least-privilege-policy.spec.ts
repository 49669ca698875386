import { parsed } from '../../test/synthesise';
import { leastPrivilegePolicy } from './least-privilege-policy';

const grant = { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/k'] };

describe('leastPrivilegePolicy', () => {
  it('allows only the granted actions', () => {
    expect(parsed(leastPrivilegePolicy([grant])).Statement).toEqual([
      { Sid: 'Read', Effect: 'Allow', Action: grant.actions, Resource: grant.resources },
    ]);
  });

  it.each(['*', 's3:*', 's3:Get*'])('rejects the action %s', (action) => {
    expect(() => leastPrivilegePolicy([{ ...grant, actions: [action] }])).toThrow(action);
  });

  it('accepts "*" as a resource only for listed actions', () => {
    const excused = { sid: 'Login', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] };
    expect(() => leastPrivilegePolicy([excused])).not.toThrow();
    const mixed = { ...excused, actions: [...excused.actions, ...grant.actions] };
    expect(() => leastPrivilegePolicy([mixed])).toThrow('list the resources of "s3:GetObject"');
  });
});
