/** A CloudWatch metric with the statistic that it is read by. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: { readonly [name: string]: string };
  /** `Sum`, `Average`, `Maximum`, `p99` … */
  readonly stat: string;
}

/** Metrics combined: ids stand for the metrics in the expression. */
export interface MetricMath {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export const isMath = (value: Metric | MetricMath): value is MetricMath => 'expression' in value;
