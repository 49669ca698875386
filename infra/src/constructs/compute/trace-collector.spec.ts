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
  });
});

describe('TraceCollector', () => {
  it('is a container that may fail, with limits, and without root, capabilities or a disk', () => {
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

  it('carries its configuration with it, so that a change is rolled out and back', () => {
    const { environment } = made.sidecar?.container as { environment: { value: string }[] };
    expect(environment).toEqual([
      { name: 'AOT_CONFIG_CONTENT', value: collectorConfig(account.region) },
    ]);
    // Of the 64 KiB of a whole task definition.
    expect(environment[0]?.value.length).toBeLessThan(4096);
  });

  it('tells the app where it listens, and as what to appear', () => {
    expect(made.sidecar?.environment).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_RESOURCE_ATTRIBUTES: 'service.version=one,deployment.environment.name=test',
      OTEL_SERVICE_NAME: 'clarity-test-api',
    });
  });

  it('logs apart from the app, so that it never looks like a broken app', () => {
    expect(only(stack, 'aws_cloudwatch_log_group')['name']).toBe('/clarity/test/collector');
    const { logConfiguration } = made.sidecar?.container as {
      logConfiguration: { options: Record<string, string> };
    };
    expect(logConfiguration.options['awslogs-stream-prefix']).toBe('clarity-test-api');
  });

  it('may send traces and nothing else', () => {
    const actions = made.sidecar?.taskGrants.flatMap((grant) => grant.actions) ?? [];
    expect(actions.every((action) => action.startsWith('xray:'))).toBe(true);
    for (const action of actions) expect(wildcardResources).toHaveProperty([action]);
  });
});
