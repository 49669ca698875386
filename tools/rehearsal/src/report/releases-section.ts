import type { Timeline } from './release-timeline';
import { escapeHtml } from './escape-html';
import { inWords } from './in-words';
import type { ReleaseRecord } from './release-record';
import { releaseTimeline } from './release-timeline';
import type { RehearsalReport } from './report';

/** How the releases by hand ended, and what clients noticed of all releases. */
export function releasesSection(
  { releases, traffic }: RehearsalReport,
  timeline: Timeline | undefined,
): string {
  if (releases.length === 0) return '';
  const served = traffic
    ? `<p class="note">${traffic.requests} requests from a steady load: <b>${traffic.failed}</b> failed; ${traffic.answeredByBrokenRelease} were answered 5xx by a broken release itself before its alarm took it away.</p>`
    : '';
  const picture = timeline
    ? `<div class="timeline">${releaseTimeline(timeline)}</div>
<ul class="legend"><li><i class="serves"></i>task that serves</li><li><i class="pale"></i>task that starts or drains</li><li><i class="never"></i>task that never became healthy</li><li><i class="broken"></i>5xx of a target</li><li><i class="failed"></i>5xx of the load balancer</li></ul>`
    : '';
  return `<section><h2>Releases under load</h2>
<p class="note">Deployed by hand; the table of workflows has those that were pushed.</p>
<table><thead><tr><th>Release</th><th>Verdict</th><th class="number">Exit code</th><th class="number">Reported after ECS ended it</th></tr></thead><tbody>${releases.map(row).join('')}</tbody></table>
${served}
${picture}
</section>`;
}

function row({ name, expected, verdict, exitCode, secondsAfterEcs }: ReleaseRecord): string {
  const isExpected = verdict === expected;
  const words = isExpected
    ? `${inWords(verdict)}, as expected`
    : `${inWords(verdict)}, expected: ${inWords(expected)}`;
  const late = secondsAfterEcs === null ? '–' : `${secondsAfterEcs.toFixed(1)} s`;
  return `<tr class="${isExpected ? 'passed' : 'failed'}"><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(words)}</td><td class="number">${exitCode}</td><td class="number">${late}</td></tr>`;
}
