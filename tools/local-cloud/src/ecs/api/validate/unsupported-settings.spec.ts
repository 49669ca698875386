import type { ServiceSettings } from '../../service/service-record';
import { checkSupported } from './unsupported-settings';

it.each<[string, ServiceSettings]>([
  ['deploymentController.type = CODE_DEPLOY', { deploymentController: { type: 'CODE_DEPLOY' } }],
  ['deploymentController.type = EXTERNAL', { deploymentController: { type: 'EXTERNAL' } }],
  ['schedulingStrategy = DAEMON', { schedulingStrategy: 'DAEMON' }],
  [
    'deploymentConfiguration.strategy = BLUE_GREEN',
    { deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
  ],
  [
    'deploymentConfiguration.bakeTimeInMinutes',
    { deploymentConfiguration: { bakeTimeInMinutes: 5 } },
  ],
  [
    'deploymentConfiguration.lifecycleHooks',
    { deploymentConfiguration: { lifecycleHooks: [{ hookTargetArn: 'arn' }] } },
  ],
  ['serviceConnectConfiguration', { serviceConnectConfiguration: { enabled: true } }],
  ['serviceRegistries', { serviceRegistries: [{ registryArn: 'arn' }] }],
  ['volumeConfigurations', { volumeConfigurations: [{ name: 'data' }] }],
  ['loadBalancers.loadBalancerName', { loadBalancers: [{ loadBalancerName: 'classic' }] }],
  [
    'loadBalancers.advancedConfiguration',
    { loadBalancers: [{ advancedConfiguration: { alternateTargetGroupArn: 'arn' } }] },
  ],
])('names %s', (what, settings) => {
  expect(() => checkSupported(settings)).toThrow(`${what} is not supported by the embedded AWS.`);
});

it('accepts a rolling update of a replica service', () => {
  checkSupported({
    deploymentController: { type: 'ECS' },
    schedulingStrategy: 'REPLICA',
    deploymentConfiguration: { strategy: 'ROLLING', bakeTimeInMinutes: 0, lifecycleHooks: [] },
    serviceConnectConfiguration: { enabled: false },
    serviceRegistries: [],
  });
});
