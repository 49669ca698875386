import { emfLine, mostValues, type MetricValues } from './emf-line';

/** Values come out together, one line per metric, this often. */
const collectMs = 10_000;

type Dimensions = MetricValues['dimensions'];
export type Metric = Pick<MetricValues, 'name' | 'unit'>;

export interface Metrics {
  /** Writes what has been recorded, and records no more. */
  stop(): void;
}

type Recorder = (metric: Metric, value: number, dimensions: Dimensions) => void;

/** As the tracer, one for the process; nothing is measured before {@link startMetrics}. */
let recorder: Recorder = () => undefined;

/** @param dimensions few and bounded: CloudWatch charges for each combination */
export function recordMetric(metric: Metric, value: number, dimensions: Dimensions = {}): void {
  recorder(metric, value, dimensions);
}

/**
 * Turns what this process records into lines on standard output, of which CloudWatch Logs makes metrics of the
 * namespace CLARITY with the dimension `Service`.
 * @param service as in traces: names the environment, too
 * @param write for tests; standard output otherwise
 */
export function startMetrics(
  service: string,
  write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Metrics {
  const collected = new Map<string, MetricValues & { readonly values: number[] }>();
  let timer: NodeJS.Timeout | undefined;

  const writeOut = (key: string, metric: MetricValues) => {
    collected.delete(key);
    write(emfLine('CLARITY', metric, Date.now()));
  };
  const flush = () => {
    timer = undefined;
    for (const [key, metric] of collected) writeOut(key, metric);
  };
  const record: Recorder = ({ name, unit }, value, dimensions) => {
    const key = JSON.stringify([name, dimensions]);
    const metric = collected.get(key) ?? {
      name,
      unit,
      dimensions: { Service: service, ...dimensions },
      values: [],
    };
    collected.set(key, metric);
    metric.values.push(value);
    if (metric.values.length === mostValues) writeOut(key, metric);
    timer ??= setTimeout(flush, collectMs).unref();
  };
  recorder = record;
  return {
    stop() {
      recorder = () => undefined;
      clearTimeout(timer);
      flush();
    },
  };
}
