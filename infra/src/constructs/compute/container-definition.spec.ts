import { containerDefinition, type ContainerSettings } from './container-definition';

const settings: ContainerSettings = {
  name: 'api',
  image: `registry/app@sha256:${'a'.repeat(64)}`,
  port: 8080,
  environment: { RELEASE: 'one', LOG_LEVEL: 'info' },
  secrets: { SECOND: { arn: 'arn:2' }, FIRST: { arn: 'arn:1' } },
  logGroup: '/clarity/test/api',
  region: 'us-east-1',
  startupSeconds: 30,
  stopSeconds: 60,
  cpu: 448,
  gpus: 0,
};
const container = containerDefinition(settings);

describe('containerDefinition', () => {
  it('runs without root, capabilities, privileges or a writable disk', () => {
    expect(container).toMatchObject({
      user: '65532:65532',
      readonlyRootFilesystem: true,
      privileged: false,
      linuxParameters: { capabilities: { add: [], drop: ['ALL'] } },
    });
  });

  it('sorts variables and secrets as ECS returns them, so that plans are empty', () => {
    expect(container.environment.map(({ name }) => name)).toEqual(['LOG_LEVEL', 'RELEASE']);
    expect(container.secrets).toEqual([
      { name: 'FIRST', valueFrom: 'arn:1' },
      { name: 'SECOND', valueFrom: 'arn:2' },
    ]);
  });

  it('gives the app time to start and to stop', () => {
    expect(container).toMatchObject({ healthCheck: { startPeriod: 30 }, stopTimeout: 60 });
  });

  it('does not block on a stalled log', () => {
    expect(container.logConfiguration.options).toMatchObject({ mode: 'non-blocking' });
  });

  it('reserves GPUs if the task has any', () => {
    expect(container).not.toHaveProperty('resourceRequirements');
    expect(containerDefinition({ ...settings, gpus: 1 })).toMatchObject({
      resourceRequirements: [{ type: 'GPU', value: '1' }],
    });
  });
});
