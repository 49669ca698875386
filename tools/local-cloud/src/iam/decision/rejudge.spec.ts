import fc from 'fast-check';
import type { RecordedRequest } from '../../contract';
import { parsePolicy } from '../policy/parse-policy';
import type { RoleSession } from '../principal';
import { removalsOf } from './rejudge';

const principal: RoleSession = {
  kind: 'role',
  arn: 'arn:aws:iam::1:role/r',
  assumedRoleArn: 'arn:aws:sts::1:assumed-role/r/s',
  sessionName: 's',
};
const asked = (action: string, resource = '*'): RecordedRequest => ({
  role: principal.arn,
  action,
  resource,
  context: {},
});
const policy = (...Statement: object[]) => parsePolicy('p', JSON.stringify({ Statement }));
const allow = (Action: string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource });

it('notices an action that a recorded request needs', () => {
  const identity = [policy(allow(['s3:GetObject', 's3:PutObject']))];
  const removals = removalsOf([asked('s3:GetObject')], { identity }, principal);
  expect(removals).toEqual([
    { policy: 'p', index: 0, action: 's3:GetObject', exercised: true, noticed: true },
    { policy: 'p', index: 0, action: 's3:PutObject', exercised: false, noticed: false },
  ]);
});

it('does not notice an action that another statement allows too', () => {
  const identity = [policy(allow(['s3:GetObject']), allow(['s3:Get*']))];
  const removals = removalsOf([asked('s3:GetObject')], { identity }, principal);
  expect(removals).toMatchObject([
    { exercised: true, noticed: false },
    { exercised: true, noticed: false },
  ]);
});

it('does not count a statement for another resource', () => {
  const identity = [
    policy(
      allow(['s3:GetObject'], 'arn:aws:s3:::a/*'),
      allow(['s3:GetObject'], 'arn:aws:s3:::b/*'),
    ),
  ];
  const removals = removalsOf([asked('s3:GetObject', 'arn:aws:s3:::a/1')], { identity }, principal);
  expect(removals).toMatchObject([{ noticed: true }, { exercised: false, noticed: false }]);
});

it('notices only what is exercised', () => {
  const action = fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage');
  const entry = fc.constantFrom('s3:GetObject', 's3:*', 'sqs:SendMessage', '*');
  const statements = fc.array(fc.array(entry, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(action), statements, (actions, lists) => {
      const identity = [policy(...lists.map((list) => allow(list)))];
      const requests = actions.map((each) => asked(each));
      for (const removal of removalsOf(requests, { identity }, principal))
        if (removal.noticed) expect(removal.exercised).toBe(true);
    }),
  );
});
