export { createLogger, type Logger } from './logger';
export { recordMetric, startMetrics, type Metric } from './metrics';
export {
  activeContext,
  inChildSpan,
  inRemoteSpan,
  inSpan,
  SpanKind,
  SpanStatusCode,
  startSpanOfStranger,
  traceparent,
  type Attributes,
  type Span,
} from './spans';
export { startTelemetry } from './start-telemetry';
export { readTelemetryConfig } from './telemetry-config';
