import type { Timeline } from '../programs/embedded-aws';
import { escapeHtml } from './escape-html';
import { releaseTimeline } from './release-timeline';
import type { RehearsalReport } from './report';

/** What became of each release, and what the clients saw of it. */
export function releasesSection(
  { releases, traffic }: RehearsalReport,
  timeline: Timeline | undefined,
): string {
  if (releases.length === 0) return '';
  const rows = releases.map(
    ({ name, expected, verdict, exitCode, secondsAfterEcs }) =>
      `<tr class="${verdict === expected ? 'good' : 'bad'}"><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(verdict)}</td><td>${escapeHtml(expected)}</td><td class="number">${exitCode}</td><td class="number">${secondsAfterEcs === null ? '–' : `${secondsAfterEcs.toFixed(1)} s`}</td></tr>`,
  );
  const served = traffic
    ? `<p class="note">${traffic.requests} requests from a steady load: <b>${traffic.failed}</b> failed; ${traffic.answeredByBrokenRelease} were answered 5xx by the broken release itself before its alarm took it away.</p>`
    : '';
  return `<section><h2>Releases under load</h2>
<p class="note">Deployed by hand; those that came by a push are above.</p>
<table><thead><tr><th>Release</th><th>Verdict</th><th>Expected</th><th class="number">Exit code</th><th class="number">After ECS’s own</th></tr></thead><tbody>${rows.join('')}</tbody></table>
${served}
${timeline ? `<div class="timeline">${releaseTimeline(timeline)}</div><p class="note">Full bars: tasks that serve; pale: starting or draining; red: never healthy. Orange: 5xx of a target; red below: failures of the load balancer.</p>` : ''}
</section>`;
}
