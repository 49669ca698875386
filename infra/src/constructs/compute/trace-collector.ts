import { Construct } from 'constructs';
import { collectorConfig } from './collector-config';
import { awslogs, unprivileged } from './container-definition';
import type { Grant } from '../../permissions/least-privilege-policy';
import { ServiceLogs } from '../observability/service-logs';

/**
 * AWS Distro for OpenTelemetry v0.43.3, all platforms. From AWS's public registry: hosts of ours and the
 * API's tasks reach it by way of NAT.
 */
const image =
  'public.ecr.aws/aws-observability/aws-otel-collector@sha256:8aa9ea5f67b8d318f7d6af24677e3c70f7098bc0631147cb5fa91addbe980b06';

/** A container beside the app's own, with what it takes to start and to work. */
export interface Sidecar {
  readonly container: object;
  /** For the role of the task, which its containers share. */
  readonly taskGrants: readonly Grant[];
  /** Tells the app where the sidecar listens. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupArn: string;
}

export interface TraceCollectorProps {
  readonly account: { readonly id: string; readonly region: string };
  readonly logGroup: string;
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
}

const sendTraces: Grant = {
  sid: 'SendTraces',
  actions: [
    'xray:GetSamplingRules',
    'xray:GetSamplingStatisticSummaries',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ],
  resources: ['*'],
};

/**
 * The collector that stands in every task: one configuration and one log for all of them. The
 * configuration is part of the task definition, so that a change of it is rolled out, and back, as any
 * other; it holds no secret.
 */
export class TraceCollector extends Construct {
  private readonly logs: ServiceLogs;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TraceCollectorProps,
  ) {
    super(scope, id);
    this.logs = new ServiceLogs(this, 'logs', {
      name: props.logGroup,
      retentionDays: props.logRetentionDays,
      keyArn: props.logsKeyArn,
    });
  }

  /** The collector for the tasks of one service. */
  sidecar(service: {
    readonly name: string;
    readonly release: string;
    readonly environment: string;
  }): Sidecar {
    const { region } = this.props.account;
    return {
      container: {
        name: 'collector',
        image,
        // Tracing that fails must not take the app with it, and nothing waits for it.
        essential: false,
        cpu: 64,
        memory: 256,
        memoryReservation: 128,
        user: unprivileged,
        readonlyRootFilesystem: true,
        privileged: false,
        linuxParameters: { capabilities: { add: [], drop: ['ALL'] }, initProcessEnabled: false },
        portMappings: [],
        environment: [{ name: 'AOT_CONFIG_CONTENT', value: collectorConfig(region) }],
        secrets: [],
        healthCheck: {
          command: ['CMD', '/healthcheck'],
          interval: 15,
          timeout: 5,
          retries: 3,
          startPeriod: 10,
        },
        // Longer than its batches take.
        stopTimeout: 30,
        logConfiguration: awslogs(this.logs.name, region, service.name),
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
      },
      taskGrants: [sendTraces],
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_RESOURCE_ATTRIBUTES: `service.version=${service.release},deployment.environment.name=${service.environment}`,
        // What sampling rules and groups of X-Ray go by.
        OTEL_SERVICE_NAME: service.name,
      },
      logGroupArn: this.logs.arn,
    };
  }
}
