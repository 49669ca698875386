import Type, { type Static } from 'typebox';

const digestReference = Type.String({ pattern: '@sha256:[0-9a-f]{64}$' });

/** How the rollouts of a release ended, in ECS's words where it had any. */
export const outcomes = [
  'SUCCESSFUL',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
  'STOPPED',
  'UNKNOWN',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What was rolled out at a moment, and how it went. The pointer holds the current one. */
export const releaseSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  gitSha: Type.String({ minLength: 1 }),
  images: Type.Object({ api: digestReference, 'ml-worker': digestReference }),
  taskDefinitions: Type.Object({ api: Type.String(), 'ml-worker': Type.String() }),
  startedAt: Type.String(),
  finishedAt: Type.String(),
  actor: Type.String(),
  kind: Type.Union([Type.Literal('deploy'), Type.Literal('rollback')]),
  /** Of a rollback: the release that it brought back. */
  restores: Type.Optional(Type.String()),
  /** Of a rollback: why, as whoever asked for it said. */
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  outcome: Type.Unsafe<Outcome>(Type.Enum([...outcomes])),
});
export type Release = Static<typeof releaseSchema>;

/** @returns an id that sorts by time and names the commit, e.g. `20261123T021500.123Z-1a2b3c4` */
export function releaseId(startedAt: Date, gitSha: string): string {
  const time = startedAt.toISOString().replace(/[-:]/g, '');
  return `${time}-${gitSha.slice(0, 7)}`;
}
