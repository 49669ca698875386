import { isMath, type Metric, type MetricMath } from './metric';

/** CloudWatch's grid is 24 wide. */
const gridWidth = 24;
const graphHeight = 6;

/** A widget without its position. */
export interface Widget {
  readonly type: 'metric' | 'text' | 'alarm';
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A line of a graph: a metric with a readable label. */
export interface Line {
  readonly label: string;
  readonly metric: Metric | MetricMath;
  /** Uses the right-hand axis. */
  readonly right?: boolean;
}

export interface GraphProps {
  readonly title: string;
  readonly region: string;
  readonly lines: readonly Line[];
  /** The threshold of an alarm. */
  readonly limit?: { readonly label: string; readonly value: number };
  readonly stacked?: boolean;
}

/** A heading, in Markdown. */
export const heading = (markdown: string): Widget => ({
  type: 'text',
  height: 1,
  properties: { markdown, background: 'transparent' },
});

/** The state of each alarm, by ARN. */
export const alarmStates = (title: string, alarms: readonly string[]): Widget => ({
  type: 'alarm',
  height: 3,
  properties: { title, alarms, sortBy: 'stateUpdatedTimestamp' },
});

/** Lines over time, one point per minute, starting at zero. */
export const graph = ({ title, region, lines, limit, stacked = false }: GraphProps): Widget => ({
  type: 'metric',
  height: graphHeight,
  properties: {
    title,
    region,
    view: 'timeSeries',
    stacked,
    period: 60,
    yAxis: { left: { min: 0 }, right: { min: 0 } },
    metrics: lines.flatMap(rowsOf),
    ...(limit ? { annotations: { horizontal: [{ ...limit, fill: 'above' }] } } : {}),
  },
});

/** Lays out rows of widgets below each other, each row spread evenly over the width. */
export function layOut(rows: readonly (readonly Widget[])[]): string {
  let y = 0;
  const widgets = rows.flatMap((row) => {
    const width = Math.floor(gridWidth / row.length);
    const top = y;
    y += Math.max(...row.map(({ height }) => height));
    return row.map((widget, column) => ({
      type: widget.type,
      x: column * width,
      y: top,
      width,
      height: widget.height,
      properties: widget.properties,
    }));
  });
  return JSON.stringify({ widgets });
}

/** A metric in a dashboard's syntax: namespace, name, alternating dimension names and values, options. */
function rowsOf(line: Line, index: number): readonly unknown[] {
  const axis = line.right ? { yAxis: 'right' } : {};
  if (!isMath(line.metric))
    return [[...named(line.metric), { ...axis, label: line.label, stat: line.metric.stat }]];
  // Ids have to be unique within a graph.
  const prefix = `line${index}`;
  const ids = Object.keys(line.metric.metrics);
  const expression = ids.reduce(
    (text, id) => text.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), `${prefix}${id}`),
    line.metric.expression,
  );
  return [
    ...Object.entries(line.metric.metrics).map(([id, metric]) => [
      ...named(metric),
      { id: `${prefix}${id}`, visible: false, stat: metric.stat },
    ]),
    [{ ...axis, id: prefix, label: line.label, expression }],
  ];
}

const named = ({ namespace, metricName, dimensions }: Metric) => [
  namespace,
  metricName,
  ...Object.entries(dimensions).flat(),
];
