import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';

/**
 * Exports through `exporter`; a batch that it cannot deliver is dropped. Reports the first failure in a row
 * only: a collector may be away for hours.
 */
export function reportOutages(
  exporter: SpanExporter,
  report: (reason: string) => void,
): SpanExporter {
  let away = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, ({ code, error }) => {
        const failed = code !== ExportResultCode.SUCCESS;
        if (failed && !away) report(error?.message ?? 'no reason given');
        away = failed;
        done({ code: ExportResultCode.SUCCESS });
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
