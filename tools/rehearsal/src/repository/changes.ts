import type { Edit } from './repository';

/** The changes that the scenarios commit. */

const scaling = (from: number, to: number): Edit => ({
  path: 'infra/src/environments/local.ts',
  from: `minimum: 1, maximum: ${from} }`,
  to: `minimum: 1, maximum: ${to} }`,
});

/** Infrastructure: more workers at most. */
export const threeWorkers: readonly Edit[] = [scaling(2, 3)];
/** The same pull request, after a review. */
export const fourWorkers: readonly Edit[] = [scaling(3, 4)];

const dashboard = 'aws_cloudwatch_dashboard.dashboard_';
/** Infrastructure: a resource gets another name in the code, and Terraform must not make a new one. */
export const renamedDashboard: readonly Edit[] = [
  {
    path: 'infra/src/constructs/observability/service-dashboard.ts',
    from: "new CloudwatchDashboard(this, 'dashboard', {",
    to: "new CloudwatchDashboard(this, 'overview', {",
  },
  {
    path: 'infra/src/constructs/observability/service-dashboard.ts',
    from: '...this.capacity(props),\n      ]),\n    });',
    to: `...this.capacity(props),\n      ]),\n    }).moveFromId('${dashboard}dashboard');`,
  },
  {
    path: 'infra/golden/clarity-prod-services.golden.json',
    from: '"dashboard_dashboard": {',
    to: '"dashboard_overview": {',
  },
  {
    path: 'infra/golden/clarity-prod-services.golden.json',
    from: '  "output": {\n',
    to: `  "moved": [
    {
      "from": "${dashboard}dashboard",
      "to": "${dashboard}overview"
    }
  ],
  "output": {
`,
  },
];

const paragraph = (path: string, title: string, text: string): readonly Edit[] => [
  { path, from: `# ${title}\n`, to: `# ${title}\n\n${text}\n` },
];

/** The pull request from a fork. */
export const strangersWords = paragraph(
  'docs/architecture.md',
  'Architecture on AWS',
  'A stranger read this page.',
);
/** A change of nothing that is deployed. */
export const wordsOnly = paragraph('docs/runbook.md', 'Runbook', 'Rehearsed.');

/**
 * A release that needs a setting which only developers have: lint, types and tests pass, and it starts on
 * a laptop (`nx serve`), but not on ECS.
 */
export const brokenStart: readonly Edit[] = [
  {
    path: 'apps/api/src/main.ts',
    from: 'async function serve(): Promise<void> {\n',
    to: `async function serve(): Promise<void> {
  if (!process.env['ORACLE_URL'] && process.env['RELEASE'] !== 'development') {
    process.stderr.write('ORACLE_URL is not set\\n');
    process.exit(78);
  }
`,
  },
];
