import type { Edit } from './repository';

/** The changes that the story commits. */

const scaling = (from: number, to: number): Edit => ({
  path: 'infra/src/environments/local.ts',
  from: `minimum: 1, maximum: ${from} }`,
  to: `minimum: 1, maximum: ${to} }`,
});

/** Infrastructure: more workers at most. */
export const threeWorkers: readonly Edit[] = [scaling(2, 3)];
/** The same pull request, after somebody asked for more. */
export const fourWorkers: readonly Edit[] = [scaling(3, 4)];

const paragraph = (path: string, title: string, text: string): readonly Edit[] => [
  { path, from: `# ${title}\n`, to: `# ${title}\n\n${text}\n` },
];

/** What a stranger offers. */
export const strangersWords = paragraph(
  'docs/architecture.md',
  'Architecture on AWS',
  'A stranger read this page.',
);
/** Nothing that is deployed. */
export const wordsOnly = paragraph('docs/runbook.md', 'Runbook', 'Rehearsed.');

/**
 * It needs a setting that only developers have: lint, types and tests pass, and it starts on a laptop
 * (`nx serve`), but not on ECS.
 */
export const brokenStart: readonly Edit[] = [
  {
    path: 'apps/api/src/main.ts',
    from: 'async function serve(): Promise<void> {\n',
    to: `async function serve(): Promise<void> {
  if (!process.env['ORACLE_URL'] && process.env['RELEASE'] !== 'development') {
    process.stderr.write('ORACLE_URL is not set\\n');
    process.exit(exitConfig);
  }
`,
  },
];
