/**
 * Configuration of the collector sidecar, as JSON, which is valid YAML. It receives OTLP on loopback
 * and sends it to X-Ray. The apps decide which traces are recorded.
 */
export const collectorConfig = (region: string): string =>
  JSON.stringify({
    extensions: {
      // The endpoint of the container's health check.
      health_check: { endpoint: '127.0.0.1:13133' },
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
      // First, so that a burst is rejected instead of exhausting the container's memory.
      memory_limiter: { check_interval: '1s', limit_percentage: 75, spike_limit_percentage: 20 },
      resourcedetection: { detectors: ['env', 'ecs'], timeout: '2s', override: false },
      batch: { timeout: '5s', send_batch_size: 50 },
    },
    exporters: {
      awsxray: { region, indexed_attributes: ['http.route', 'http.response.status_code'] },
    },
    service: {
      extensions: ['health_check'],
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
