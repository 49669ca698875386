import type { Segment } from '@clarity/local-cloud/client';
import type { Timeline } from './release-timeline';
import { analysisSection } from './analysis-section';
import { escapeHtml } from './escape-html';
import { infrastructureSection } from './infrastructure-section';
import { permissionsSection } from './permissions-section';
import { releasesSection } from './releases-section';
import type { RehearsalReport } from './report';
import { stylesheet } from './report-style';
import { scenariosSection } from './scenarios-section';
import { duration } from './time-axis';
import { traceSection } from './trace-section';
import { workflowsSection } from './workflows-section';

export interface ReportPictures {
  readonly trace?: readonly Segment[] | undefined;
  /** SVG that the API drew. */
  readonly actogram?: string | undefined;
  readonly timeline?: Timeline | undefined;
  /** Markdown; see {@link githubHtml}. */
  readonly planComment?: string | undefined;
}

/** The report as one HTML page without scripts, fonts or anything else from a network. */
export function reportPage(
  report: RehearsalReport,
  { trace, actogram, timeline, planComment }: ReportPictures = {},
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
${scenariosSection(report.scenarios)}
${workflowsSection(report.workflows, planComment)}
${releasesSection(report, timeline)}
${infrastructureSection(report)}
${permissionsSection(report.permissions)}
${analysisSection(report, actogram)}
${traceSection(trace)}
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
  const where = scenario === undefined ? 'It was interrupted' : `It failed at ${scenario}`;
  const link = log === undefined ? '' : `<p><a href="${escapeHtml(log)}">Its log</a></p>`;
  return `<section class="failure">
  <h2>${escapeHtml(where)}</h2>
  <pre>${escapeHtml(message)}</pre>
  ${link}
</section>`;
}

function figures({
  resources,
  secondPlan,
  analysis,
  traffic,
  permissions,
  seconds,
}: RehearsalReport): string {
  const applied = Object.values(resources.applied);
  const changes = Object.values(secondPlan);
  const cards: [figure: string, label: string][] = [
    [sum(applied), 'resources applied'],
    [sum(changes), 'changes in a second plan'],
    [analysis ? String(analysis.differences.length) : '–', 'metrics off the golden values'],
    [traffic ? String(traffic.failed) : '–', 'failed requests under load'],
    [permissions ? String(permissions.denied.length) : '–', 'calls that IAM denied'],
    [duration(seconds), 'from nothing to torn down'],
  ];
  const items = cards.map(
    ([figure, label]) => `<li><b>${escapeHtml(figure)}</b>${escapeHtml(label)}</li>`,
  );
  return `<ul class="figures">${items.join('')}</ul>`;
}

/** A dash if nothing was measured. */
const sum = (numbers: readonly number[]): string =>
  numbers.length === 0 ? '–' : String(numbers.reduce((total, number) => total + number, 0));
