import { all, synthesise } from '../../../test/synthesise';
import { PrivateEndpoints } from './private-endpoints';

describe('PrivateEndpoints', () => {
  const stack = synthesise((scope) => {
    new PrivateEndpoints(scope, 'endpoints', {
      name: 'clarity-test',
      region: 'us-east-1',
      vpcId: 'vpc-1',
      routeTableIds: ['rtb-1'],
      subnetIds: ['subnet-1'],
      services: ['ecr.api', 'sqs'],
      resourceTimeout: '5m',
    });
  });

  it('reaches S3 and DynamoDB by route, other services by private DNS', () => {
    const route = { vpc_endpoint_type: 'Gateway', route_table_ids: ['rtb-1'] };
    const inside = { vpc_endpoint_type: 'Interface', private_dns_enabled: true };
    expect(all(stack, 'aws_vpc_endpoint')).toMatchObject({
      endpoints_s3: { service_name: 'com.amazonaws.us-east-1.s3', ...route },
      endpoints_dynamodb: { service_name: 'com.amazonaws.us-east-1.dynamodb', ...route },
      'endpoints_ecr-api': { service_name: 'com.amazonaws.us-east-1.ecr.api', ...inside },
      endpoints_sqs: { service_name: 'com.amazonaws.us-east-1.sqs', ...inside },
    });
  });
});
