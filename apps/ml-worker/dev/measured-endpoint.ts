import type { ModelManifest } from '@clarity/domain';
import { inMemoryObjectStore } from '@clarity/domain/testing';
import { createLogger } from '@clarity/telemetry';
import type { ExecutionProvider } from '../src/inference/onnx-session';
import { probeWeek } from '../src/inference/probe-week';
import { serveEndpoint } from '../src/serve/serve-endpoint';
import { freePort } from '../test/free-port';
import { modelPrefix, publish } from '../test/published-model';
import { measuredBundle } from './measured-bundle';

/**
 * A worker in mode `endpoint`, for measurements: `measured-endpoint.js <size> <cpu|cuda>`. When its model is loaded it
 * sends its port and a body to send to it; SIGTERM stops it as it stops a worker.
 */
async function serve([size = '', device = '']: readonly string[]): Promise<void> {
  const objects = inMemoryObjectStore();
  const provider = device as ExecutionProvider;
  await publish(objects, await measuredBundle(size as ModelManifest['size'], provider));
  const port = await freePort();
  const body = JSON.stringify({
    schema: 1,
    from: '2026-03-02',
    timeZone: 'Etc/UTC',
    counts: Array.from(probeWeek(), (count) => (Number.isNaN(count) ? null : count)),
    inBed: [],
    countScaling: { coleKripkeDivisor: 30, sadehCap: 300 },
  });
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  const log = createLogger('ml-worker', 'info', {
    write: (line: string) => void (line.includes('"ready"') && process.send?.({ port, body })),
  });
  await serveEndpoint(
    {
      mode: 'endpoint',
      environment: 'bench',
      release: 'bench',
      logLevel: 'info',
      region: 'none',
      dataBucket: objects.bucket,
      modelPrefix,
      executionProvider: provider,
      host: '127.0.0.1',
      port,
    },
    objects,
    log,
    stop.signal,
  );
}

serve(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
