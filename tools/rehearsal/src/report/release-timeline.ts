import type { TaskLife, TrafficSecond } from '@clarity/local-cloud/client';
import { escapeHtml } from './escape-html';
import { ticksOf } from './time-axis';

export interface Timeline {
  readonly tasks: readonly TaskLife[];
  readonly traffic: readonly TrafficSecond[];
}

const width = 960;
const labels = 150;
const barHeight = 9;
const trafficHeight = 90;

/**
 * Tasks by revision over requests per second and failures, on one time axis: which revision served when,
 * and what clients noticed.
 * @returns SVG without script; empty if there was no traffic
 */
export function releaseTimeline({ tasks, traffic }: Timeline): string {
  const served = traffic.filter(({ requests }) => requests > 0);
  const [first, last] = [served[0], served.at(-1)];
  if (!first || !last) return '';
  const from = first.second * 1000;
  const to = (last.second + 1) * 1000;
  const x = (time: number) => {
    const share = (Math.min(Math.max(time, from), to) - from) / (to - from);
    return (labels + share * (width - labels)).toFixed(1);
  };
  const shown = tasks.filter(
    ({ service, startedAt, stoppedAt }) =>
      service.endsWith('-api') && startedAt < to && (stoppedAt ?? to) > from,
  );
  const rows = byRevision(shown);
  let y = 8;
  const bars = rows.map(([revision, lives]) => {
    const top = y;
    const drawn = lives.map((life) => bar(life, x, (y += barHeight + 3) - barHeight, to)).join('');
    y += 8;
    return `<text x="0" y="${top + 11}">${escapeHtml(revision)}</text>${drawn}`;
  });
  const axis = y + trafficHeight + 10;
  return `<svg viewBox="0 0 ${width} ${axis + 18}" role="img" aria-label="Tasks by revision over requests per second">
${bars.join('\n')}
${load(served, x, y + 10)}
${ticks(from, to, x, axis)}
</svg>`;
}

function byRevision(tasks: readonly TaskLife[]): [string, TaskLife[]][] {
  const rows = new Map<string, TaskLife[]>();
  for (const life of tasks.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const name = life.revision.split('/').at(-1) ?? life.revision;
    rows.set(name, [...(rows.get(name) ?? []), life]);
  }
  return [...rows];
}

/** Pale until the task is ready and after it was asked to stop; full while it may serve. */
function bar(life: TaskLife, x: (time: number) => string, y: number, end: number): string {
  const stopped = life.stoppedAt ?? end;
  const rect = (from: number, to: number, kind: string) =>
    `<rect class="${kind}" x="${x(from)}" y="${y}" width="${Math.max(1, Number(x(to)) - Number(x(from))).toFixed(1)}" height="${barHeight}" rx="2"/>`;
  const ready = life.readyAt;
  const why = life.stopReason ? `<title>${escapeHtml(life.stopReason)}</title>` : '';
  if (ready === undefined) return `<g>${why}${rect(life.startedAt, stopped, 'never')}</g>`;
  const leaving = life.stoppingAt ?? stopped;
  return `<g>${why}${rect(life.startedAt, ready, 'pale')}${rect(ready, leaving, 'serves')}${rect(leaving, stopped, 'pale')}</g>`;
}

function load(seconds: readonly TrafficSecond[], x: (time: number) => string, top: number): string {
  const most = Math.max(1, ...seconds.map(({ requests }) => requests));
  const bottom = top + trafficHeight;
  const height = (count: number) => (count / most) * trafficHeight;
  const point = (second: number, requests: number) =>
    `${x(second * 1000)},${(bottom - height(requests)).toFixed(1)}`;
  const line = seconds
    .flatMap(({ second, requests }, index) => {
      const before = seconds[index - 1]?.second ?? second - 1;
      const pause = second - before > 1 ? [point(before + 1, 0), point(second - 1, 0)] : [];
      return [...pause, point(second, requests)];
    })
    .join(' ');
  const marks = (kind: string, count: (second: TrafficSecond) => number) =>
    seconds
      .filter((second) => count(second) > 0)
      .map(
        (second) =>
          `<rect class="${kind}" x="${x(second.second * 1000)}" y="${(bottom - height(count(second))).toFixed(1)}" width="2" height="${height(count(second)).toFixed(1)}"/>`,
      )
      .join('');
  return `<text x="0" y="${top + 11}">requests per second</text><text x="0" y="${top + 26}">(at most ${most})</text>
<polyline class="load" points="${line}"/>
${marks('broken', ({ target5xx }) => target5xx)}${marks('failed', ({ balancerFailures }) => balancerFailures)}`;
}

function ticks(from: number, to: number, x: (time: number) => string, y: number): string {
  return ticksOf((to - from) / 1000)
    .map(({ at, label }) => {
      const position = x(from + at * 1000);
      return `<line class="tick" x1="${position}" x2="${position}" y1="0" y2="${y}"/><text x="${position}" y="${y + 14}">${label}</text>`;
    })
    .join('');
}
