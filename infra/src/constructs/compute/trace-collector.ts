import { Construct } from 'constructs';
import { collectorConfig } from './collector-config';
import { awslogs, unprivileged } from './container-definition';
import type { Grant } from '../../permissions/least-privilege-policy';
import { ServiceLogs } from '../observability/service-logs';

/**
 * AWS Distro for OpenTelemetry v0.43.3, all platforms. From AWS's public registry, which our hosts and
 * the API's tasks reach through NAT.
 */
const image =
  'public.ecr.aws/aws-observability/aws-otel-collector@sha256:8aa9ea5f67b8d318f7d6af24677e3c70f7098bc0631147cb5fa91addbe980b06';

/** A container next to the app's own, with everything that it needs. */
export interface Sidecar {
  readonly container: object;
  /** CPU units that it takes from its task. */
  readonly cpu: number;
  /** For the task role, which the task's containers share. */
  readonly taskGrants: readonly Grant[];
  /** Configures the app to use the sidecar. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupArn: string;
}

/** How many traces are recorded. */
export interface TraceShares {
  readonly requestPercent: number;
  /** Of the requests for an analysis. */
  readonly analysisPercent: number;
}

/** CPU units of one collector. */
const cpu = 64;

export interface TraceCollectorProps {
  readonly account: { readonly id: string; readonly region: string };
  readonly logGroup: string;
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
}

const sendTraces: Grant = {
  sid: 'SendTraces',
  actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
  resources: ['*'],
};

/**
 * The trace collector in every task: one configuration and one log for all of them. The configuration is
 * part of the task definition, so that a change of it is rolled out and back like any other. It contains
 * no secret.
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
    readonly traces: TraceShares;
  }): Sidecar {
    const { region } = this.props.account;
    const { requestPercent, analysisPercent } = service.traces;
    return {
      container: {
        name: 'collector',
        image,
        // A failing collector must not stop the app.
        essential: false,
        cpu,
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
        // Longer than it needs to send its batches.
        stopTimeout: 30,
        logConfiguration: awslogs(this.logs.name, region, service.name),
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
      },
      cpu,
      taskGrants: [sendTraces],
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_RESOURCE_ATTRIBUTES: `service.version=${service.release},deployment.environment.name=${service.environment}`,
        // Groups of X-Ray match this name.
        OTEL_SERVICE_NAME: service.name,
        OTEL_TRACES_SAMPLER_ARG: String(requestPercent / 100),
        TRACE_RATIOS: `POST /v1/analyses=${analysisPercent / 100}`,
      },
      logGroupArn: this.logs.arn,
    };
  }
}
