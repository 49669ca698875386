import type { Logger } from './logger';
import { startMetrics } from './metrics';
import { startTracing } from './start-tracing';
import type { TelemetryConfig } from './telemetry-config';

export interface Telemetry {
  /** Sends what is waiting; ends after some seconds at most and never rejects. */
  stop(): Promise<void>;
}

/** Traces and metrics of this process, each if it is configured. */
export function startTelemetry(config: TelemetryConfig, log: Logger): Telemetry {
  const tracing = startTracing(config, (reason) =>
    log.warn({ reason }, 'traces are dropped: the collector does not take them'),
  );
  const metrics = config.service === undefined ? undefined : startMetrics(config.service);
  return {
    stop() {
      metrics?.stop();
      return tracing.stop();
    },
  };
}
