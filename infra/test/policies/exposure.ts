import { block, companionOf, forEach, type Located, type Policy } from './policy';

const wholeInternet = ['0.0.0.0/0', '::/0'];
const blocks = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
];

const isOpen = ({ args }: Located) =>
  wholeInternet.includes(String(args['cidr_ipv4'])) ||
  wholeInternet.includes(String(args['cidr_ipv6']));

function deniesPlainText(policy: unknown): boolean {
  if (typeof policy !== 'string') return false;
  const { Statement } = JSON.parse(policy) as { Statement: Record<string, unknown>[] };
  return Statement.some(
    ({ Effect, Condition }) =>
      Effect === 'Deny' &&
      (Condition as Record<string, Record<string, string>> | undefined)?.['Bool']?.[
        'aws:SecureTransport'
      ] === 'false',
  );
}

const tlsOnly = (policy: unknown) => (deniesPlainText(policy) ? undefined : 'allows plain HTTP');

export const exposure: readonly Policy[] = [
  forEach('no bucket is public', ['aws_s3_bucket'], (bucket, environment) => {
    const type = 'aws_s3_bucket_public_access_block';
    const access = companionOf(environment, type, 'bucket', bucket);
    const open = blocks.filter((name) => access?.[name] !== true);
    return open.length > 0 ? `lacks ${open.join(', ')}` : undefined;
  }),
  forEach('buckets allow TLS only', ['aws_s3_bucket'], (bucket, environment) =>
    tlsOnly(companionOf(environment, 'aws_s3_bucket_policy', 'bucket', bucket)?.['policy']),
  ),
  forEach('queues allow TLS only', ['aws_sqs_queue'], ({ args }) => tlsOnly(args['policy'])),
  forEach('topics allow TLS only', ['aws_sns_topic'], (topic, environment) =>
    tlsOnly(
      topic.args['policy'] ??
        companionOf(environment, 'aws_sns_topic_policy', 'arn', topic)?.['policy'],
    ),
  ),
  forEach('listeners use TLS 1.2 or newer, or only redirect', ['aws_lb_listener'], ({ args }) => {
    const action = block(args, 'default_action');
    if (args['protocol'] === 'HTTP')
      return action?.['type'] === 'redirect' ? undefined : 'serves plain HTTP';
    return /^ELBSecurityPolicy-TLS13-1-[23]/.test(String(args['ssl_policy']))
      ? undefined
      : `allows ${String(args['ssl_policy'])}`;
  }),
  forEach(
    'only port 443 of the load balancer is open to the internet',
    ['aws_vpc_security_group_ingress_rule'],
    (rule) => {
      const { from_port: from, to_port: to, security_group_id: group } = rule.args;
      const isBalancer = String(group).includes('aws_security_group.balancer-group.');
      return isOpen(rule) && !(isBalancer && from === 443 && to === 443)
        ? `opens ${String(from)}-${String(to)} of ${String(group)} to the internet`
        : undefined;
    },
  ),
  forEach('a firewall is in front of each load balancer', ['aws_lb'], (balancer, environment) =>
    companionOf(environment, 'aws_wafv2_web_acl_association', 'resource_arn', balancer)
      ? undefined
      : 'has no firewall',
  ),
  forEach('security groups have no inline rules', ['aws_security_group'], ({ args }) =>
    args['ingress'] === undefined && args['egress'] === undefined ? undefined : 'has inline rules',
  ),
  forEach('hosts allow only IMDSv2', ['aws_launch_template'], ({ args }) =>
    block(args, 'metadata_options')?.['http_tokens'] === 'required' ? undefined : 'allows IMDSv1',
  ),
];
