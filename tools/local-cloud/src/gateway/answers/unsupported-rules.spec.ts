import { refuseRule } from './unsupported-rules';

const refused = (parameters: Record<string, string>) =>
  refuseRule(new URLSearchParams(parameters))?.match(/<Message>(.*)<\/Message>/)?.[1];
const condition = 'Conditions.member.1';
const groups = 'Actions.member.1.ForwardConfig.TargetGroups';

it.each([
  [`${condition}.Field`, 'http-header', `${condition}.Field = http-header`],
  [`${condition}.Field`, 'http-request-method', `${condition}.Field = http-request-method`],
  [`${condition}.Field`, 'query-string', `${condition}.Field = query-string`],
  [`${condition}.Field`, 'source-ip', `${condition}.Field = source-ip`],
  [`${condition}.PathPatternConfig.RegexValues.member.1`, '^/v1', 'Matching by regular expression'],
  ['Actions.member.1.Type', 'authenticate-oidc', 'Actions.member.1.Type = authenticate-oidc'],
  [`${groups}.member.2.TargetGroupArn`, 'arn', 'Forwarding to more than one target group'],
])('refuses a rule with %s=%s', (name, value, what) => {
  expect(refused({ Action: 'CreateRule', [name]: value })).toBe(
    `${what} is not supported by the embedded AWS.`,
  );
});

it('leaves rules alone that are supported, and other actions', () => {
  const rule = { Action: 'CreateRule', [`${condition}.Field`]: 'path-pattern' };
  const forward = {
    'Actions.member.1.Type': 'forward',
    [`${groups}.member.1.TargetGroupArn`]: 'arn',
  };
  expect(refused({ ...rule, ...forward })).toBeUndefined();
  expect(refused({ Action: 'DescribeRules', [`${condition}.Field`]: 'source-ip' })).toBeUndefined();
});
