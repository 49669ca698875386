import { block, companionOf, forEach, type Policy } from './policy';

export const logging: readonly Policy[] = [
  forEach('load balancers log requests', ['aws_lb'], ({ args }) =>
    block(args, 'access_logs')?.['enabled'] === true ? undefined : 'logs no requests',
  ),
  forEach('networks log their traffic', ['aws_vpc'], (vpc, environment) =>
    companionOf(environment, 'aws_flow_log', 'vpc_id', vpc) ? undefined : 'has no flow log',
  ),
  forEach('firewalls log requests', ['aws_wafv2_web_acl'], (firewall, environment) =>
    companionOf(environment, 'aws_wafv2_web_acl_logging_configuration', 'resource_arn', firewall)
      ? undefined
      : 'logs no requests',
  ),
  forEach('audit trails are tamper-evident', ['aws_cloudtrail'], ({ args }) =>
    args['enable_log_file_validation'] === true ? undefined : 'has no digests',
  ),
];
