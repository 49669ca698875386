import { unexplained, type PermissionsRecord } from '../permissions/permissions-record';
import { escapeHtml } from './escape-html';

/** What each role used of its policies, and what was denied. */
export function permissionsSection(record: PermissionsRecord | undefined): string {
  if (!record) return '';
  const { calls, enforced, statements, removals } = record;
  const roles = [...new Set(statements.map(({ role }) => role))].toSorted();
  const rows = roles.map((role) => {
    const own = statements.filter((statement) => statement.role === role);
    const used = own.filter(({ exercised }) => exercised).length;
    return `<tr><th scope="row">${escapeHtml(role)}</th><td class="number">${own.length}</td><td class="number">${used}</td><td>${neverUsed(own)}</td></tr>`;
  });
  const effect = enforced ? 'and IAM was enforced' : 'and IAM was only observed';
  return `<section><h2>Permissions</h2>
<p>${calls} calls were made by roles, ${effect}: ${record.denied.length} were denied, ${unexplained(record).length} statements were neither used nor explained. Without one of the ${removals.actions} actions that were used, ${removals.noticed} times a call would have been denied.</p>
${deniedList(record)}
<table><thead><tr><th>Role</th><th class="number">Statements</th><th class="number">Used</th><th>Not used</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}

function neverUsed(statements: PermissionsRecord['statements']): string {
  const items = statements
    .filter(({ exercised }) => !exercised)
    .map(
      ({ sid, reason }) =>
        `<li>${escapeHtml(sid)}: ${escapeHtml(reason ?? 'no reason is given')}</li>`,
    );
  if (items.length === 0) return '';
  return `<details><summary>${items.length}</summary><ul>${items.join('')}</ul></details>`;
}

function deniedList({ denied }: PermissionsRecord): string {
  if (denied.length === 0) return '';
  const items = denied.map(({ reason, count }) => `<li>${count} × ${escapeHtml(reason)}</li>`);
  return `<ul>${items.join('')}</ul>`;
}
