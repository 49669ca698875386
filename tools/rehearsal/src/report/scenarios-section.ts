import { escapeHtml } from './escape-html';
import type { ScenarioRecord } from './scenario-record';
import { duration, ticksOf } from './time-axis';

/** What each scenario showed, with its log, on one time axis: what ran next to what. */
export function scenariosSection(records: readonly ScenarioRecord[]): string {
  if (records.length === 0) return '';
  const length = Math.max(...records.map(({ start, seconds }) => start + seconds), 0.1);
  const percent = (seconds: number) => `${((seconds / length) * 100).toFixed(2)}%`;
  const ticks = ticksOf(length).map(
    ({ at, label }) => `<span style="left:${percent(at)}">${label}</span>`,
  );
  const rows = records
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, seconds, ...record }) => {
      const bar = `<i style="left:${percent(start)};width:${percent(seconds)}"></i>`;
      const [shown = ''] = record.detail.split('\n');
      const verdict = record.verdict === 'passed' ? '' : `<b>${record.verdict}</b>: `;
      return `<tr class="${record.verdict}">
  <th scope="row">${name(record)}<small>${escapeHtml(record.summary)}</small><small>${verdict}${escapeHtml(shown)}</small></th>
  <td class="bar"><div>${bar}</div></td>
  <td class="number">${seconds < 10 ? `${seconds.toFixed(1)} s` : duration(seconds)}</td>
</tr>`;
    });
  return `<section><h2>Scenarios</h2>
<p class="note">A name leads to the log of the programs that the scenario started.</p>
<table class="scenarios"><thead><tr><th>Scenario</th><th class="bar"><div>${ticks.join('')}</div></th><th class="number">Took</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}

function name({ name: text, log }: Pick<ScenarioRecord, 'name' | 'log'>): string {
  return log === undefined
    ? escapeHtml(text)
    : `<a href="${escapeHtml(log)}">${escapeHtml(text)}</a>`;
}
