import { escapeHtml } from './escape-html';
import type { RehearsalReport } from './report';

/** What was applied, and whether a second plan would change it. */
export function infrastructureSection({
  resources: { applied, planOnly },
  secondPlan,
}: RehearsalReport): string {
  const stacks = Object.entries(applied);
  if (stacks.length === 0) return '';
  const rows = stacks.map(
    ([stack, count]) =>
      `<tr><th scope="row">${escapeHtml(stack)}</th><td class="number">${count}</td><td class="number">${secondPlan[stack] ?? '–'}</td></tr>`,
  );
  const items = planOnly.map((item) => `<li>${escapeHtml(item)}</li>`);
  const only =
    items.length === 0
      ? ''
      : `<details><summary>Planned for every environment, but not applied to the embedded AWS</summary><ul>${items.join('')}</ul></details>`;
  return `<section><h2>Infrastructure</h2>
<table><thead><tr><th>Stack</th><th class="number">Resources applied</th><th class="number">Changes in a second plan</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>${only}</section>`;
}
