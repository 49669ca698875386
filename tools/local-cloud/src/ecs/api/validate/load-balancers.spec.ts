import { checkTargetContainer, checkTargetGroup } from './load-balancers';

const definition = {
  containerDefinitions: [{ name: 'api', portMappings: [{ containerPort: 80 }] }],
};
const group = { arn: 'arn:group', targetType: 'instance', loadBalancerArns: ['arn:balancer'] };

it.each([
  ['web', 80, 'The container web does not exist in the task definition.'],
  ['api', 81, 'The container api did not have a container port 81 defined.'],
])('refuses container %s with port %i', (containerName, containerPort, message) => {
  expect(() => checkTargetContainer(definition, { containerName, containerPort })).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException', message }),
  );
});

it.each([
  ['awsvpc', 'instance'],
  ['bridge', 'ip'],
] as const)('refuses for %s a target group of type %s', (networkMode, targetType) => {
  expect(() => checkTargetGroup({ networkMode }, { ...group, targetType })).toThrow(
    `has target type ${targetType}, which is incompatible with the ${networkMode} network mode`,
  );
});

it('refuses a target group without a load balancer', () => {
  expect(() => checkTargetGroup({}, { ...group, loadBalancerArns: [] })).toThrow(
    'does not have an associated load balancer',
  );
});

it('accepts what fits', () => {
  checkTargetContainer(definition, { containerName: 'api', containerPort: 80 });
  checkTargetGroup({}, group);
  checkTargetGroup({ networkMode: 'awsvpc' }, { ...group, targetType: 'ip' });
});
