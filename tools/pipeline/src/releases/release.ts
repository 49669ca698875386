import Type, { type Static } from 'typebox';

const digestReference = Type.String({ pattern: '@sha256:[0-9a-f]{64}$' });

/** What runs in an environment since a moment, and how it came to. The pointer holds the current one. */
export const releaseSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  gitSha: Type.String({ minLength: 1 }),
  images: Type.Object({ api: digestReference, 'ml-worker': digestReference }),
  taskDefinitions: Type.Object({ api: Type.String(), 'ml-worker': Type.String() }),
  startedAt: Type.String(),
  finishedAt: Type.String(),
  actor: Type.String(),
  kind: Type.Union([Type.Literal('deploy'), Type.Literal('rollback')]),
  outcome: Type.Literal('SUCCESSFUL'),
});
export type Release = Static<typeof releaseSchema>;

/** @returns an id that sorts by time and names the commit, e.g. `20261123T021500Z-1a2b3c4` */
export function releaseId(startedAt: Date, gitSha: string): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${gitSha.slice(0, 7)}`;
}
