import type { LogConfiguration } from '@aws-sdk/client-ecs';
import type { LogDestination } from './cloudwatch-shipper';

/** Where a container's log configuration sends its lines; undefined: not to CloudWatch Logs. */
export function awslogsDestination(
  configuration: LogConfiguration | undefined,
  { container, taskId, region }: { container: string; taskId: string; region: string },
): LogDestination | undefined {
  if (configuration?.logDriver !== 'awslogs') return undefined;
  const options = configuration.options ?? {};
  const group = options['awslogs-group'];
  if (!group) return undefined;
  const prefix = options['awslogs-stream-prefix'];
  return {
    group,
    region: options['awslogs-region'] ?? region,
    stream: prefix ? `${prefix}/${container}/${taskId}` : taskId,
    createGroup: options['awslogs-create-group'] === 'true',
  };
}
