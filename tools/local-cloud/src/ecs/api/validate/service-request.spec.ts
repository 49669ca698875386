import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { checkDeploymentConfiguration, checkNewService } from './service-request';

it.each([
  ['a slash in its name', { serviceName: 'a/b', desiredCount: 1 }, /^Invalid service name 'a\/b'/],
  ['no name', { desiredCount: 1 }, /^Invalid service name/],
  ['no desired count', { serviceName: 'api' }, /^desiredCount is required/],
])('refuses a service with %s', (_, request, message) => {
  expect(() => checkNewService(request)).toThrow(message);
});

const breaker = (type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT', value: number) => ({
  deploymentCircuitBreaker: {
    enable: true,
    rollback: true,
    thresholdConfiguration: { type, value },
  },
});

it.each<[DeploymentConfiguration, RegExp]>([
  [{ minimumHealthyPercent: 100, maximumPercent: 100 }, /as this will block deployments\.$/],
  [{ maximumPercent: 100 }, /as this will block deployments\.$/],
  [{ minimumHealthyPercent: 200 }, /minimumHealthyPercent must be at most 100/],
  [{ minimumHealthyPercent: 0, maximumPercent: 50 }, /maximumPercent must be at least 100/],
  [breaker('BOUNDED_PERCENT', 400), /BOUNDED_PERCENT must be between 1 and 100/],
  [{ alarms: { enable: true, rollback: true, alarmNames: [] } }, /no alarm names/],
])('refuses the deployment configuration %j', (deploymentConfiguration, message) => {
  expect(() => checkDeploymentConfiguration({ deploymentConfiguration })).toThrow(message);
});

it.each<DeploymentConfiguration>([
  {},
  { minimumHealthyPercent: 0, maximumPercent: 100 },
  { minimumHealthyPercent: 100, maximumPercent: 150 },
  breaker('UNBOUNDED_PERCENT', 400),
])('accepts the deployment configuration %j', (deploymentConfiguration) => {
  expect(() => checkDeploymentConfiguration({ deploymentConfiguration })).not.toThrow();
});
