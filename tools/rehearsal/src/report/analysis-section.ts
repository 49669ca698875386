import { escapeHtml } from './escape-html';
import type { RehearsalReport } from './report';

/** The metrics of the analysed week and its picture. @param actogram SVG; shown as an image, so that nothing in it can run */
export function analysisSection(
  { analysis }: RehearsalReport,
  actogram: string | undefined,
): string {
  if (!analysis) return '';
  const { result, differences } = analysis;
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
      `<tr><th scope="row" class="time">${clock(night.start)}–${clock(night.end)}</th><td class="number">${night.tst} min</td><td class="number">${night.sol} min</td><td class="number">${night.waso} min</td><td class="number">${(night.efficiency * 100).toFixed(1)} %</td></tr>`,
  );
  const picture = actogram
    ? `<img alt="Actogram: a week of movement, one row per day, sleep windows shaded" src="data:image/svg+xml;base64,${Buffer.from(actogram).toString('base64')}">`
    : '';
  return `<section><h2>The analysed week</h2>
<p class="note">${escapeHtml(model.name)} with <b>${escapeHtml(model.weights)}</b> weights ${model.weights === 'synthetic' ? '(seeded numbers: the embedding has no clinical meaning)' : ''}, SHA-256 <code>${escapeHtml(model.weightsSha256.slice(0, 12))}…</code>, scaling ${escapeHtml(model.scaling.kind)}; ${quality.missingMinutes} of ${quality.minutes} minutes missing. ${differences.length === 0 ? 'Every metric equals the golden value.' : escapeHtml(`Off the golden values: ${differences.join('; ')}`)}</p>
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
