import { only, synthesise } from '../../test/synthesise';
import { ApiLoadBalancer, type Listener } from './api-load-balancer';

const balancer = (listener: Listener) =>
  synthesise((scope) => {
    new ApiLoadBalancer(scope, 'balancer', {
      name: 'clarity-test',
      vpcId: 'vpc-1',
      subnetIds: ['subnet-1', 'subnet-2'],
      securityGroupId: 'sg-1',
      internal: false,
      listener,
      targetPort: 8080,
      idleTimeoutSeconds: 60,
      deregistrationDelaySeconds: 20,
      healthCheckIntervalSeconds: 5,
      deletionProtection: true,
      resourceTimeout: '5m',
      after: [],
    });
  });
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const https = balancer({
  protocol: 'HTTPS',
  port: 443,
  certificateArn,
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
});

describe('ApiLoadBalancer', () => {
  it('sends requests to addresses whose /readyz answers 200, and drains those that leave', () => {
    expect(only(https, 'aws_lb_target_group')).toMatchObject({
      target_type: 'ip',
      port: 8080,
      deregistration_delay: '20',
      health_check: { path: '/readyz', matcher: '200', interval: 5, timeout: 4 },
    });
  });

  it('drops malformed headers and resists deletion', () => {
    expect(only(https, 'aws_lb')).toMatchObject({
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
    });
  });

  it('speaks TLS 1.2 or newer with a certificate, plain HTTP without', () => {
    expect(only(https, 'aws_lb_listener')).toMatchObject({
      protocol: 'HTTPS',
      certificate_arn: certificateArn,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    });
    const http = only(balancer({ protocol: 'HTTP', port: 80 }), 'aws_lb_listener');
    expect(http).toMatchObject({ protocol: 'HTTP', port: 80 });
    expect(http).not.toHaveProperty('ssl_policy');
  });
});
