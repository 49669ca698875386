import { account, keyArn, only, synthesise } from '../../../test/synthesise';
import { collectorConfig } from './collector-config';
import { wildcardResources } from '../../permissions/wildcard-resources';
import { TraceCollector, type Sidecar } from './trace-collector';

const made: { sidecar?: Sidecar } = {};
const stack = synthesise((scope) => {
  const collector = new TraceCollector(scope, 'collector', {
    account,
    logGroup: '/clarity/test/collector',
    logRetentionDays: 14,
    logsKeyArn: keyArn,
  });
  made.sidecar = collector.sidecar({
    name: 'clarity-test-api',
    release: 'one',
    environment: 'test',
    traces: { requestPercent: 2, analysisPercent: 20 },
  });
});

describe('TraceCollector', () => {
  it('is a non-essential container with limits, without root, capabilities or a writable disk', () => {
    expect(made.sidecar?.container).toMatchObject({
      image: expect.stringMatching(/aws-otel-collector@sha256:[0-9a-f]{64}$/),
      essential: false,
      memory: 256,
      readonlyRootFilesystem: true,
      user: '65532:65532',
      linuxParameters: { capabilities: { drop: ['ALL'] } },
      healthCheck: { command: ['CMD', '/healthcheck'] },
    });
    expect(made.sidecar?.container).not.toHaveProperty('dependsOn');
  });

  it('contains its configuration, so that a change is rolled out and back', () => {
    const { environment } = made.sidecar?.container as { environment: { value: string }[] };
    expect(environment).toEqual([
      { name: 'AOT_CONFIG_CONTENT', value: collectorConfig(account.region) },
    ]);
    // A whole task definition may have 64 KiB.
    expect(environment[0]?.value.length).toBeLessThan(4096);
  });

  it('configures the app’s exporter and service name', () => {
    expect(made.sidecar?.environment).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_RESOURCE_ATTRIBUTES: 'service.version=one,deployment.environment.name=test',
      OTEL_SERVICE_NAME: 'clarity-test-api',
      OTEL_TRACES_SAMPLER_ARG: '0.02',
      TRACE_RATIOS: 'POST /v1/analyses=0.2',
    });
  });

  it('logs to its own group, so that its errors do not look like the app’s', () => {
    expect(only(stack, 'aws_cloudwatch_log_group')['name']).toBe('/clarity/test/collector');
    const { logConfiguration } = made.sidecar?.container as {
      logConfiguration: { options: Record<string, string> };
    };
    expect(logConfiguration.options['awslogs-stream-prefix']).toBe('clarity-test-api');
  });

  it('may only send traces', () => {
    const actions = made.sidecar?.taskGrants.flatMap((grant) => grant.actions) ?? [];
    expect(actions.every((action) => action.startsWith('xray:'))).toBe(true);
    for (const action of actions) expect(wildcardResources).toHaveProperty([action]);
  });
});
