/** A CloudWatch metric with a statistic. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: { readonly [name: string]: string };
  /** `Sum`, `Average`, `Maximum`, `p99` … */
  readonly stat: string;
}

/** An expression over metrics, which it refers to by id. */
export interface MetricMath {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export const isMath = (value: Metric | MetricMath): value is MetricMath => 'expression' in value;
