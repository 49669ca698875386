import { all, only, synthesise } from '../../../test/synthesise';
import { ApiLoadBalancer } from './api-load-balancer';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const stack = synthesise((scope) => {
  new ApiLoadBalancer(scope, 'balancer', {
    name: 'clarity-test',
    vpcId: 'vpc-1',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupId: 'sg-1',
    internal: false,
    ipAddressType: 'dualstack',
    certificateArn,
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    targetPort: 8080,
    idleTimeoutSeconds: 60,
    deregistrationDelaySeconds: 20,
    healthCheckIntervalSeconds: 5,
    logs: { bucket: 'logs', access: 'requests', connection: 'connections' },
    deletionProtection: true,
    resourceTimeout: '5m',
    after: [],
  });
});

describe('ApiLoadBalancer', () => {
  it('forwards to tasks whose /readyz answers 200, and drains leaving ones', () => {
    expect(only(stack, 'aws_lb_target_group')).toMatchObject({
      target_type: 'ip',
      port: 8080,
      deregistration_delay: '20',
      health_check: { path: '/readyz', matcher: '200', interval: 5, timeout: 4 },
    });
  });

  it('rejects ambiguous requests and has deletion protection', () => {
    expect(only(stack, 'aws_lb')).toMatchObject({
      ip_address_type: 'dualstack',
      drop_invalid_header_fields: true,
      desync_mitigation_mode: 'strictest',
      enable_deletion_protection: true,
    });
  });

  it('logs every request and every TLS handshake', () => {
    expect(only(stack, 'aws_lb')).toMatchObject({
      access_logs: { bucket: 'logs', prefix: 'requests', enabled: true },
      connection_logs: { bucket: 'logs', prefix: 'connections', enabled: true },
    });
  });

  it('serves TLS 1.2 or newer and redirects plain HTTP', () => {
    const { balancer_listener: https, balancer_redirect: http } = all(stack, 'aws_lb_listener');
    expect(https).toMatchObject({
      protocol: 'HTTPS',
      port: 443,
      certificate_arn: certificateArn,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      default_action: [{ type: 'forward' }],
    });
    expect(http).toMatchObject({
      protocol: 'HTTP',
      port: 80,
      default_action: [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
      ],
    });
  });
});
