import type { AnalysisResult } from '@clarity/domain';
import type { ScenarioRecord } from './scenario-record';
import type { Timeline } from '../programs/embedded-aws';
import { escapeHtml } from './escape-html';
import { releasesSection } from './releases-section';
import type { RehearsalReport } from './report';
import { stylesheet } from './report-style';
import { workflowsSection } from './workflows-section';

export interface ReportPictures {
  /** SVG that the API drew; it is shown as an image, so nothing in it can run. */
  readonly actogram?: string | undefined;
  readonly timeline?: Timeline | undefined;
  /** Markdown; see {@link githubHtml}. */
  readonly planComment?: string | undefined;
}

/**
 * The report as one HTML page that needs nothing else: no script, no font, no network.
 */
export function reportPage(
  report: RehearsalReport,
  { actogram, timeline, planComment }: ReportPictures = {},
): string {
  const title = report.ok ? 'The rehearsal succeeded' : 'The rehearsal failed';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CLARITY: ${title}</title>
<style>${stylesheet}</style>
</head>
<body>
<header>
  <p class="product">CLARITY on AWS</p>
  <h1 class="${report.ok ? 'good' : 'bad'}">${title}</h1>
  <p>${when(report)}</p>
</header>
<main>
${report.failure ? failure(report.failure) : ''}
${figures(report)}
${workflowsSection(report.workflows, planComment)}
${releasesSection(report, timeline)}
${scenarios(report.scenarios)}
${resources(report)}
${report.analysis ? analysis(report.analysis.result, report.analysis.differences, actogram) : ''}
</main>
</body>
</html>
`;
}

function when({ startedAt, seconds }: RehearsalReport): string {
  const time = escapeHtml(startedAt.replace('T', ' ').slice(0, 16));
  return `${time} UTC · ${duration(seconds)} on the embedded AWS, with real Terraform and the real AWS provider`;
}

function failure({ scenario, message, log }: NonNullable<RehearsalReport['failure']>): string {
  return `<section class="failure">
  <h2>${scenario === undefined ? 'It was interrupted' : `It failed at ${escapeHtml(scenario)}`}</h2>
  <pre>${escapeHtml(message)}</pre>
  ${log === undefined ? '' : `<p>Log: <a href="${escapeHtml(log)}">${escapeHtml(log)}</a></p>`}
</section>`;
}

function figures(report: RehearsalReport): string {
  const applied = sum(Object.values(report.resources.applied));
  const changed = sum(Object.values(report.secondPlan));
  const cards: [string, string][] = [
    [String(applied), 'resources applied'],
    [
      Object.keys(report.secondPlan).length === 0 ? '–' : String(changed),
      'changes in a second plan',
    ],
    [
      report.analysis ? String(report.analysis.differences.length) : '–',
      'metrics off the golden values',
    ],
    [duration(report.seconds), 'from nothing to torn down'],
  ];
  const items = cards.map(
    ([figure, label]) => `<li><b>${escapeHtml(figure)}</b>${escapeHtml(label)}</li>`,
  );
  return `<ul class="figures">${items.join('')}</ul>`;
}

function scenarios(records: readonly ScenarioRecord[]): string {
  const longest = Math.max(0.1, ...records.map(({ seconds }) => seconds));
  const rows = records.map(({ name, verdict, seconds, detail }) => {
    const width = Math.max(0.5, (seconds / longest) * 100).toFixed(1);
    return `<tr class="${verdict === 'passed' ? 'good' : 'bad'}">
  <th scope="row">${escapeHtml(name)}<small>${escapeHtml(detail.split('\n')[0] ?? '')}</small></th>
  <td class="bar"><i style="width:${width}%"></i></td>
  <td class="number">${seconds.toFixed(1)} s</td>
</tr>`;
  });
  return `<section><h2>Scenarios</h2><table class="steps">${rows.join('\n')}</table></section>`;
}

function resources({ resources: { applied, planOnly }, secondPlan }: RehearsalReport): string {
  const stacks = Object.entries(applied);
  if (stacks.length === 0) return '';
  const rows = stacks.map(
    ([stack, count]) =>
      `<tr><th scope="row">${escapeHtml(stack)}</th><td class="number">${count}</td><td class="number">${secondPlan[stack] ?? '–'}</td></tr>`,
  );
  const only =
    planOnly.length > 0
      ? `<p>Planned for every environment of an own account, but not applied here:</p><ul>${planOnly.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
      : '';
  return `<section><h2>Infrastructure</h2>
<table><thead><tr><th>Stack</th><th class="number">Resources applied</th><th class="number">Changes in a second plan</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>${only}</section>`;
}

function analysis(
  result: AnalysisResult,
  differing: readonly string[],
  actogram: string | undefined,
): string {
  const { metrics, model, quality } = result;
  const rows: [string, string][] = [
    ['Interdaily stability (IS)', decimal(metrics.interdailyStability, 3)],
    ['Intradaily variability (IV)', decimal(metrics.intradailyVariability, 3)],
    ['Least active 5 hours (L5)', withOnset(metrics.l5)],
    ['Most active 10 hours (M10)', withOnset(metrics.m10)],
    ['Relative amplitude', decimal(metrics.relativeAmplitude, 3)],
    ['Mesor', `${decimal(metrics.cosinor?.mesor, 1)} counts/min`],
    ['Amplitude', `${decimal(metrics.cosinor?.amplitude, 1)} counts/min`],
    ['Acrophase', clock(metrics.cosinor?.acrophaseMinute)],
    ['Sleep by Cole-Kripke with Webster', `${metrics.sleep?.coleKripkeWebsterMinutes ?? '–'} min`],
    ['Sleep by Sadeh', `${metrics.sleep?.sadehMinutes ?? '–'} min`],
    ['Sleep regularity index', decimal(metrics.sleep?.sleepRegularityIndex, 1)],
  ];
  const nights = (metrics.sleep?.nights ?? []).map(
    (night) =>
      `<tr><th scope="row">${clock(night.start)}–${clock(night.end)}</th><td class="number">${night.tst} min</td><td class="number">${night.sol} min</td><td class="number">${night.waso} min</td><td class="number">${(night.efficiency * 100).toFixed(1)} %</td></tr>`,
  );
  const picture = actogram
    ? `<img alt="Actogram: a week of movement, a row a day, sleep windows shaded" src="data:image/svg+xml;base64,${Buffer.from(actogram).toString('base64')}">`
    : '';
  return `<section><h2>The analysed week</h2>
<p class="note">${escapeHtml(model.name)} with <b>${escapeHtml(model.weights)}</b> weights ${model.weights === 'synthetic' ? '(seeded numbers: the embedding has no clinical meaning)' : ''}, SHA-256 <code>${escapeHtml(model.weightsSha256.slice(0, 12))}…</code>, scaling ${escapeHtml(model.scaling.kind)}; ${quality.missingMinutes} of ${quality.minutes} minutes missing. ${differing.length === 0 ? 'Every metric equals the golden value.' : escapeHtml(`Off the golden values: ${differing.join('; ')}`)}</p>
${picture}
<div class="columns">
<table>${rows.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${escapeHtml(value)}</td></tr>`).join('')}</table>
<table><thead><tr><th>In bed</th><th class="number">Asleep</th><th class="number">To fall asleep</th><th class="number">Awake after</th><th class="number">Efficiency</th></tr></thead><tbody>${nights.join('')}</tbody></table>
</div></section>`;
}

function withOnset(window: { mean: number; onsetMinute: number } | null): string {
  return window ? `${decimal(window.mean, 2)} counts/min from ${clock(window.onsetMinute)}` : '–';
}

function decimal(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

/** @param minute of the week or day @returns local clock time */
function clock(minute: number | undefined): string {
  if (minute === undefined) return '–';
  const ofDay = Math.round(minute) % 1440;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
