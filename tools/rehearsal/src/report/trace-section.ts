import type { Segment } from '@clarity/local-cloud/client';
import { escapeHtml } from './escape-html';

const width = 960;
const labels = 330;
const times = 70;
const rowHeight = 18;

/**
 * A trace as a waterfall: a row for each segment below the one that it is part of, on one time axis.
 * @param segments by the time of their start
 * @returns empty if there is no trace
 */
export function traceSection(segments: readonly Segment[] = []): string {
  const [first] = segments;
  if (!first) return '';
  const from = Math.min(...segments.map(({ start_time }) => start_time));
  const to = Math.max(...segments.map(({ end_time }) => end_time));
  const x = (time: number) =>
    labels + ((time - from) / (to - from || 1)) * (width - labels - times);
  const rows = treeOf(segments).map(({ segment, depth }, index) => {
    const y = index * rowHeight;
    const [start, end] = [x(segment.start_time), x(segment.end_time)];
    const kind = segment.fault ? 'never' : segment.type === undefined ? 'serves' : 'pale';
    const duration = milliseconds(segment.end_time - segment.start_time);
    return `<text x="${depth * 14}" y="${y + 12}">${escapeHtml(labelOf(segment))}</text><rect class="${kind}" x="${start.toFixed(1)}" y="${y + 3}" width="${Math.max(1, end - start).toFixed(1)}" height="11" rx="2"/><text x="${(end + 5).toFixed(1)}" y="${y + 12}">${duration}</text>`;
  });
  return `<section><h2>The trace of the analysis</h2>
<p class="note">${escapeHtml(first.trace_id)} as X-Ray has it: ${segments.length} segments in ${milliseconds(to - from)}, from the request to the result.</p>
<svg viewBox="0 0 ${width} ${rows.length * rowHeight + 4}" role="img" aria-label="Segments of the trace over time">
${rows.join('\n')}
</svg>
<ul class="legend"><li><i class="serves"></i>our services</li><li><i class="pale"></i>their calls and steps</li><li><i class="never"></i>fault</li></ul>
</section>`;
}

interface Row {
  readonly segment: Segment;
  readonly depth: number;
}

/** Each segment before its children; one whose parent is not in the trace is at the top. */
export function treeOf(segments: readonly Segment[]): readonly Row[] {
  const ids = new Set(segments.map(({ id }) => id));
  const below = (parent: string | undefined, depth: number): Row[] =>
    segments
      .filter(({ parent_id }) => (ids.has(parent_id ?? '') ? parent_id : undefined) === parent)
      .flatMap((segment) => [{ segment, depth }, ...below(segment.id, depth + 1)]);
  return below(undefined, 0);
}

function labelOf({ name, aws, annotations }: Segment): string {
  const detail = aws?.operation ?? annotations['http.route'];
  return detail === undefined ? name : `${name} ${detail}`;
}

const milliseconds = (seconds: number): string =>
  seconds < 0.0995 ? `${(seconds * 1_000).toFixed(1)} ms` : `${Math.round(seconds * 1_000)} ms`;
