import { graph, heading, layOut } from './dashboard-widgets';
import type { Metric } from './metric';

const metric: Metric = {
  namespace: 'N',
  metricName: 'm',
  dimensions: { A: 'a', B: 'b' },
  stat: 'Sum',
};
const region = 'us-east-1';
const metricsOf = (lines: Parameters<typeof graph>[0]['lines']) =>
  graph({ title: 't', region, lines }).properties['metrics'];

describe('graph', () => {
  it('writes a metric in CloudWatch’s syntax', () => {
    expect(metricsOf([{ label: 'one', metric, right: true }])).toEqual([
      ['N', 'm', 'A', 'a', 'B', 'b', { label: 'one', stat: 'Sum', yAxis: 'right' }],
    ]);
  });

  it('hides the inputs of expressions, and gives two expressions distinct ids', () => {
    const share = { label: 'share', expression: '100 * m / max_m', metrics: { m: metric } };
    expect(
      metricsOf([
        { label: 'x', metric: share },
        { label: 'y', metric: share },
      ]),
    ).toMatchObject([
      ['N', 'm', 'A', 'a', 'B', 'b', { id: 'line0m', visible: false }],
      [{ id: 'line0', label: 'x', expression: '100 * line0m / max_m' }],
      ['N', 'm', 'A', 'a', 'B', 'b', { id: 'line1m', visible: false }],
      [{ id: 'line1', label: 'y', expression: '100 * line1m / max_m' }],
    ]);
  });

  it('draws the threshold of an alarm', () => {
    const limit = { label: 'late', value: 900 };
    expect(graph({ title: 't', region, lines: [], limit }).properties['annotations']).toEqual({
      horizontal: [{ label: 'late', value: 900, fill: 'above' }],
    });
  });
});

describe('layOut', () => {
  it('fills each row and starts the next below its tallest widget', () => {
    const wide = graph({ title: 't', region, lines: [] });
    const { widgets } = JSON.parse(layOut([[heading('# a')], [wide, heading('b')], [wide]])) as {
      widgets: { x: number; y: number; width: number; height: number }[];
    };
    expect(widgets.map(({ x, y, width }) => [x, y, width])).toEqual([
      [0, 0, 24],
      [0, 1, 12],
      [12, 1, 12],
      [0, 7, 24],
    ]);
  });
});
