/**
 * Configuration of the collector beside each app, as its YAML or, what YAML also is, JSON: takes OTLP
 * on loopback, sends traces to X-Ray, and passes the SDK's question for sampling rules on.
 */
export const collectorConfig = (region: string): string =>
  JSON.stringify({
    extensions: {
      // What the container's health check asks.
      health_check: { endpoint: '127.0.0.1:13133' },
      awsproxy: { endpoint: '127.0.0.1:2000', region },
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: '127.0.0.1:4317' },
          http: { endpoint: '127.0.0.1:4318' },
        },
      },
    },
    processors: {
      // First, so that a burst is refused and not paid for with the container.
      memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
      resourcedetection: { detectors: ['env', 'ecs'], timeout: '2s', override: false },
      batch: { timeout: '5s', send_batch_size: 50 },
    },
    exporters: {
      awsxray: { region, indexed_attributes: ['http.route', 'http.response.status_code'] },
    },
    service: {
      extensions: ['health_check', 'awsproxy'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'resourcedetection', 'batch'],
          exporters: ['awsxray'],
        },
      },
      telemetry: { logs: { level: 'warn' } },
    },
  });
