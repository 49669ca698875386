/** The unprivileged user that our images run as ("nonroot" of distroless). */
export const unprivileged = '65532:65532';

export interface SecretValue {
  readonly arn: string;
  /** Absent: the current value. A stage that the secret does not have keeps every task from starting. */
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
  /** How long failing health checks are forgiven after the start. */
  readonly startupSeconds: number;
  /** From SIGTERM to SIGKILL; Fargate allows 120. */
  readonly stopSeconds: number;
  /** Reserved for this container; 0 for none. */
  readonly gpus: number;
}

/**
 * A container as ECS takes it: read-only root, no capabilities, no root user, checked from inside.
 * Defaults that ECS would add are spelt out, or every plan would see them as a change.
 */
export const containerDefinition = (settings: ContainerSettings) => ({
  name: settings.name,
  image: settings.image,
  essential: true,
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

/** `<arn>:<JSON key>:<stage>:<version id>`, each of the three may be empty. */
const valueFrom = ({ arn, stage }: SecretValue) =>
  stage === undefined ? arn : `${arn}::${stage}:`;

/** Sends a container's output to CloudWatch Logs, one stream a task. */
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

/** ECS answers in this order; any other is a change in every plan. */
const byName = <Value>(variables: Readonly<Record<string, Value>>) =>
  Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
