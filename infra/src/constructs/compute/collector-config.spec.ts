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
  it('uses all that it defines and nothing else, or the collector does not start', () => {
    const used = (part: 'receivers' | 'processors' | 'exporters') =>
      Object.values(config.service.pipelines).flatMap((pipeline) => pipeline[part]);
    for (const part of ['receivers', 'processors', 'exporters'] as const)
      expect(used(part)).toEqual(Object.keys(config[part]));
    expect(config.service.extensions).toEqual(Object.keys(config.extensions));
  });

  it('listens on loopback only, which the containers of a task share', () => {
    const listeners = [
      ...Object.values(config.extensions),
      ...Object.values(config.receivers.otlp.protocols),
    ];
    expect(listeners).toHaveLength(4);
    for (const { endpoint } of listeners) expect(endpoint).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it('refuses a burst before it takes memory, and sends in batches after all else', () => {
    expect(config.service.pipelines['traces']?.processors).toEqual([
      'memory_limiter',
      'resourcedetection',
      'batch',
    ]);
  });

  it('sends to the region of its task', () => {
    expect(config.exporters['awsxray']).toMatchObject({ region: 'eu-west-1' });
    expect(config.extensions['awsproxy']).toMatchObject({ region: 'eu-west-1' });
  });
});
