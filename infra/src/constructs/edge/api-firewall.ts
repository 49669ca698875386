import { Construct } from 'constructs';
import {
  CloudwatchLogResourcePolicy,
  Wafv2WebAcl,
  Wafv2WebAclAssociation,
  Wafv2WebAclLoggingConfiguration,
} from '../../aws';
import { policyDocument } from '../../permissions/policy-document';
import { ServiceLogs } from '../observability/service-logs';

export interface ApiFirewallProps {
  readonly name: string;
  readonly account: { readonly id: string; readonly region: string };
  /** The load balancer that it protects. */
  readonly loadBalancerArn: string;
  readonly requestsPerFiveMinutes: number;
  /** The only request that may have a body of more than 8 KiB. */
  readonly longBodies: { readonly method: string; readonly path: string };
  readonly logRetentionDays: number;
  readonly keyArn: string;
}

const commonRules = 'AWSManagedRulesCommonRuleSet';
/** The common rules' label for requests with a body of more than the 8 KiB that WAF inspects. */
const longBodyLabel = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';

/** A rule in the provider's form: statements nest arbitrarily, so CDKTF has no type for them. */
interface Rule {
  readonly name: string;
  readonly does: { readonly action: object } | { readonly overrideAction: object };
  readonly statement: object;
}

const managed = (name: string, countedRules: readonly string[] = []): Rule => ({
  name,
  does: { overrideAction: { none: {} } },
  statement: {
    managed_rule_group_statement: {
      vendor_name: 'AWS',
      name,
      ...(countedRules.length > 0
        ? {
            rule_action_override: countedRules.map((rule) => ({
              name: rule,
              action_to_use: { count: {} },
            })),
          }
        : {}),
    },
  },
});

const exactly = (field: object, value: string, transformation: 'NONE' | 'URL_DECODE') => ({
  byte_match_statement: {
    field_to_match: field,
    positional_constraint: 'EXACTLY',
    search_string: value,
    text_transformation: [{ priority: 0, type: transformation }],
  },
});

const rules = (props: ApiFirewallProps): readonly Rule[] => [
  {
    name: 'too-many-from-one-address',
    does: { action: { block: { customResponse: { responseCode: 429 } } } },
    statement: {
      rate_based_statement: {
        limit: props.requestsPerFiveMinutes,
        aggregate_key_type: 'IP',
        evaluation_window_sec: 300,
      },
    },
  },
  managed('AWSManagedRulesAmazonIpReputationList'),
  managed('AWSManagedRulesKnownBadInputsRuleSet'),
  // A batch of samples may have 8 MiB, which the API checks; this rule would block it at 8 KiB. So it
  // only labels long bodies, and the next rule blocks them for all other requests.
  managed(commonRules, ['SizeRestrictions_BODY']),
  {
    name: 'long-body-where-none-belongs',
    does: { action: { block: {} } },
    statement: {
      and_statement: {
        statement: [
          { label_match_statement: { scope: 'LABEL', key: longBodyLabel } },
          {
            not_statement: {
              statement: [
                {
                  and_statement: {
                    statement: [
                      exactly({ method: {} }, props.longBodies.method, 'NONE'),
                      exactly({ uri_path: {} }, props.longBodies.path, 'URL_DECODE'),
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  },
];

/** WAF for the load balancer: known attacks, bad addresses, rate limits; with a log. */
export class ApiFirewall extends Construct {
  constructor(scope: Construct, id: string, props: ApiFirewallProps) {
    super(scope, id);
    const visibility = (metricName: string) => ({
      metricName,
      cloudwatchMetricsEnabled: true,
      // Samples would show requests, tokens included, to everyone with access to the console.
      sampledRequestsEnabled: false,
    });
    const acl = new Wafv2WebAcl(this, 'acl', {
      name: `${props.name}-api`,
      description: 'Protects the load balancer of the API',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: rules(props).map(({ name, does, statement }, priority) => ({
        name,
        priority,
        ...does,
        statement,
        visibilityConfig: visibility(`${props.name}-${name}`),
      })),
      visibilityConfig: visibility(`${props.name}-api`),
    });
    new Wafv2WebAclAssociation(this, 'association', {
      resourceArn: props.loadBalancerArn,
      webAclArn: acl.arn,
    });
    this.log(acl, props);
  }

  private log(acl: Wafv2WebAcl, props: ApiFirewallProps) {
    const { account } = props;
    const logs = new ServiceLogs(this, 'log', {
      // WAF requires this prefix.
      name: `aws-waf-logs-${props.name}`,
      retentionDays: props.logRetentionDays,
      keyArn: props.keyArn,
    });
    const mayWrite = new CloudwatchLogResourcePolicy(this, 'log-policy', {
      policyName: `${props.name}-waf-log`,
      policyDocument: policyDocument([
        {
          Sid: 'DeliverLogs',
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: `${logs.arn}:*`,
          Condition: {
            StringEquals: { 'aws:SourceAccount': account.id },
            ArnLike: { 'aws:SourceArn': `arn:aws:logs:${account.region}:${account.id}:*` },
          },
        },
      ]),
    });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.arn],
      redactedFields: [{ singleHeader: { name: 'authorization' } }],
      // Allowed requests are already in the load balancer's access log.
      loggingFilter: {
        defaultBehavior: 'DROP',
        filter: [
          {
            behavior: 'KEEP',
            requirement: 'MEETS_ANY',
            condition: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((action) => ({
              actionCondition: { action },
            })),
          },
        ],
      },
      dependsOn: [mayWrite],
    });
  }
}
