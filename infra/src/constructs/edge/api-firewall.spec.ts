import {
  account,
  all,
  type Arguments,
  keyArn,
  only,
  parsed,
  synthesise,
} from '../../../test/synthesise';
import { ApiFirewall } from './api-firewall';

const stack = synthesise((scope) => {
  new ApiFirewall(scope, 'firewall', {
    name: 'clarity-test',
    account,
    loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1',
    requestsPerFiveMinutes: 2000,
    longBodies: { method: 'POST', path: '/v1/samples:batch' },
    logRetentionDays: 30,
    keyArn,
  });
});
const rules = only(stack, 'aws_wafv2_web_acl')['rule'] as (Arguments & { name: string })[];
const rule = (name: string) => rules.find((each) => each.name === name);
const matches = (field: string, value: string) => ({
  byte_match_statement: {
    field_to_match: { [field]: {} },
    positional_constraint: 'EXACTLY',
    search_string: value,
  },
});

describe('ApiFirewall', () => {
  it('protects the load balancer and allows requests that no rule blocks', () => {
    expect(only(stack, 'aws_wafv2_web_acl')).toMatchObject({
      scope: 'REGIONAL',
      default_action: { allow: {} },
    });
    expect(only(stack, 'aws_wafv2_web_acl_association')).toMatchObject({
      resource_arn: expect.stringContaining(':loadbalancer/app/'),
      web_acl_arn: '${aws_wafv2_web_acl.firewall_acl.arn}',
    });
  });

  it('answers 429 to an address above the rate limit', () => {
    expect(rule('too-many-from-one-address')).toMatchObject({
      action: { block: { custom_response: { response_code: 429 } } },
      statement: { rate_based_statement: { limit: 2000, aggregate_key_type: 'IP' } },
    });
  });

  it('blocks by AWS’s managed rules', () => {
    for (const name of [
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ])
      expect(rule(name)).toMatchObject({
        override_action: { none: {} },
        statement: { managed_rule_group_statement: { vendor_name: 'AWS', name } },
      });
    expect(rules.map((each) => each['priority'])).toEqual(rules.map((_each, index) => index));
  });

  it('allows only a batch of samples to have a long body', () => {
    expect(rule('AWSManagedRulesCommonRuleSet')).toMatchObject({
      statement: {
        managed_rule_group_statement: {
          rule_action_override: [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }],
        },
      },
    });
    const [marked, unless] = (
      rule('long-body-where-none-belongs')?.['statement'] as {
        and_statement: { statement: Arguments[] };
      }
    ).and_statement.statement;
    expect(marked).toMatchObject({
      label_match_statement: { key: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body' },
    });
    expect(unless).toMatchObject({
      not_statement: {
        statement: [
          {
            and_statement: {
              statement: [matches('method', 'POST'), matches('uri_path', '/v1/samples:batch')],
            },
          },
        ],
      },
    });
    // The label exists only after the common rules have run.
    expect(rules.at(-1)?.name).toBe('long-body-where-none-belongs');
  });

  it('logs blocked requests with our key, without tokens, and samples no requests', () => {
    expect(only(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: 'aws-waf-logs-clarity-test',
      kms_key_id: keyArn,
      retention_in_days: 30,
    });
    expect(only(stack, 'aws_wafv2_web_acl_logging_configuration')).toMatchObject({
      redacted_fields: [{ single_header: { name: 'authorization' } }],
      logging_filter: { default_behavior: 'DROP', filter: [{ behavior: 'KEEP' }] },
      depends_on: ['aws_cloudwatch_log_resource_policy.firewall_log-policy'],
    });
    for (const each of rules)
      expect(each['visibility_config']).toMatchObject({ sampled_requests_enabled: false });
  });

  it('allows AWS to deliver only to that log, and only for this account', () => {
    const [policy] = Object.values(all(stack, 'aws_cloudwatch_log_resource_policy'));
    expect(parsed(policy?.['policy_document']).Statement).toMatchObject([
      {
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Resource: '${aws_cloudwatch_log_group.firewall_log_group.arn}:*',
        Condition: { StringEquals: { 'aws:SourceAccount': account.id } },
      },
    ]);
  });
});
