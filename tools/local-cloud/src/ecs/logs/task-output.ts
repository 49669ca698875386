import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { awslogsDestination } from './awslogs-destination';
import type { LogShipper } from './cloudwatch-shipper';
import { openLog } from '../../files/log-file';

/** Takes the lines of a task's containers to its log file and to CloudWatch Logs. */
export interface TaskOutput {
  line(container: string, text: string): void;
  close(): void;
}

export function taskOutput(
  task: {
    readonly id: string;
    readonly region: string;
    readonly logPath: string;
    readonly definition: TaskDefinition;
  },
  shipper: LogShipper,
): TaskOutput {
  const containers = task.definition.containerDefinitions ?? [];
  const log = openLog(task.logPath);
  const destinations = new Map(
    containers.map(({ name = '', logConfiguration }) => [
      name,
      awslogsDestination(logConfiguration, {
        container: name,
        taskId: task.id,
        region: task.region,
      }),
    ]),
  );
  return {
    line: (container, text) => {
      log.write(containers.length > 1 ? `[${container}] ${text}` : text);
      const destination = destinations.get(container);
      if (destination) shipper.send(destination, text);
    },
    close: () => log.close(),
  };
}
