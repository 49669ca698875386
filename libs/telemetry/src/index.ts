export { createLogger, type Logger } from './logger';
export { recordMetric, startMetrics, type Metric } from './metrics';
export {
  activeContext,
  inChildSpan,
  inRemoteSpan,
  inSpan,
  SpanKind,
  startRemoteSpan,
  traceparent,
  type Attributes,
  type Span,
} from './spans';
export { startTracing } from './start-tracing';
export { readTracingConfig, type TracingConfig } from './tracing-config';
