/** The unprivileged user that our images run as ("nonroot" of distroless). */
export const unprivileged = '65532:65532';

export interface SecretValue {
  readonly arn: string;
  /** The current value if absent. No task can start with a stage that the secret does not have. */
  readonly stage?: 'AWSPREVIOUS';
}

export interface ContainerSettings {
  readonly name: string;
  /** Full reference, by digest. */
  readonly image: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variable → the secret that ECS puts into it when a task starts. */
  readonly secrets: Readonly<Record<string, SecretValue>>;
  readonly logGroup: string;
  readonly region: string;
  /** Grace period for health checks after the start. */
  readonly startupSeconds: number;
  /** From SIGTERM to SIGKILL; Fargate allows at most 120. */
  readonly stopSeconds: number;
  /** Its share of the task's CPU units. Without one, ECS passes the smallest share to Docker. */
  readonly cpu: number;
  /** Reserved for this container; 0 for none. */
  readonly gpus: number;
}

/**
 * An ECS container definition: read-only root file system, no capabilities, no root user, a health check
 * inside the container. It includes the defaults that ECS adds; otherwise every plan would show a change.
 */
export const containerDefinition = (settings: ContainerSettings) => ({
  name: settings.name,
  image: settings.image,
  essential: true,
  cpu: settings.cpu,
  user: unprivileged,
  readonlyRootFilesystem: true,
  privileged: false,
  linuxParameters: { capabilities: { add: [], drop: ['ALL'] }, initProcessEnabled: true },
  portMappings: [
    {
      name: 'http',
      containerPort: settings.port,
      hostPort: settings.port,
      protocol: 'tcp',
      appProtocol: 'http',
    },
  ],
  environment: byName(settings.environment).map(([name, value]) => ({ name, value })),
  secrets: byName(settings.secrets).map(([name, value]) => ({ name, valueFrom: valueFrom(value) })),
  healthCheck: {
    command: ['CMD', 'node', 'healthcheck.js'],
    interval: 10,
    timeout: 5,
    retries: 3,
    startPeriod: settings.startupSeconds,
  },
  stopTimeout: settings.stopSeconds,
  logConfiguration: awslogs(settings.logGroup, settings.region, settings.name),
  ...(settings.gpus > 0
    ? { resourceRequirements: [{ type: 'GPU', value: String(settings.gpus) }] }
    : {}),
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
});

/** `<arn>:<JSON key>:<stage>:<version id>`; each of the last three may be empty. */
const valueFrom = ({ arn, stage }: SecretValue) =>
  stage === undefined ? arn : `${arn}::${stage}:`;

/** Sends a container's output to CloudWatch Logs, one stream per task. */
export const awslogs = (group: string, region: string, streamPrefix: string) => ({
  logDriver: 'awslogs',
  options: {
    'awslogs-group': group,
    'awslogs-region': region,
    'awslogs-stream-prefix': streamPrefix,
    // A stalled log must not stall the app.
    mode: 'non-blocking',
    'max-buffer-size': '8m',
  },
});

/** ECS returns them in this order; any other would show as a change in every plan. */
const byName = <Value>(variables: Readonly<Record<string, Value>>) =>
  Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
