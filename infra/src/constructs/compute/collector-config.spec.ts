import { collectorConfig } from './collector-config';

interface Config {
  readonly extensions: Readonly<Record<string, { endpoint: string }>>;
  readonly receivers: {
    readonly otlp: { readonly protocols: Record<string, { endpoint: string }> };
  };
  readonly processors: object;
  readonly exporters: Readonly<Record<string, { region: string }>>;
  readonly service: {
    readonly extensions: string[];
    readonly pipelines: Readonly<
      Record<string, Record<'receivers' | 'processors' | 'exporters', string[]>>
    >;
  };
}
const config = JSON.parse(collectorConfig('eu-west-1')) as Config;

describe('collectorConfig', () => {
  it('uses exactly the components that it defines, or the collector would not start', () => {
    const used = (part: 'receivers' | 'processors' | 'exporters') =>
      Object.values(config.service.pipelines).flatMap((pipeline) => pipeline[part]);
    for (const part of ['receivers', 'processors', 'exporters'] as const)
      expect(used(part)).toEqual(Object.keys(config[part]));
    expect(config.service.extensions).toEqual(Object.keys(config.extensions));
  });

  it('listens only on loopback, which the containers of a task share', () => {
    const listeners = [
      ...Object.values(config.extensions),
      ...Object.values(config.receivers.otlp.protocols),
    ];
    expect(listeners).toHaveLength(3);
    for (const { endpoint } of listeners) expect(endpoint).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it('limits memory first and batches last', () => {
    expect(config.service.pipelines['traces']?.processors).toEqual([
      'memory_limiter',
      'resourcedetection',
      'batch',
    ]);
  });

  it('sends to the region of its task', () => {
    expect(config.exporters['awsxray']).toMatchObject({ region: 'eu-west-1' });
  });
});
