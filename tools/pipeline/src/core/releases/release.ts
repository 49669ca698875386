import Type, { type Static } from 'typebox';
import type { App } from '../names';

const digestReference = Type.String({ pattern: '@sha256:[0-9a-f]{64}$' });

/**
 * How the rollouts of a release ended, in ECS's words if it has any. IN_PROGRESS stays if the run was killed
 * before it could record an end.
 */
export const releaseStatuses = [
  'IN_PROGRESS',
  'SUCCESSFUL',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
  'STOPPED',
  'UNKNOWN',
] as const;
export type ReleaseStatus = (typeof releaseStatuses)[number];

/** What was rolled out and when, and how it went. The pointer holds the current one. */
export const releaseSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  gitSha: Type.String({ minLength: 1 }),
  images: Type.Object({ api: digestReference, 'ml-worker': digestReference }),
  /** The commit that each image was built from, if it is not `gitSha`: an app that did not change keeps its image. */
  builtFrom: Type.Optional(Type.Object({ api: Type.String(), 'ml-worker': Type.String() })),
  taskDefinitions: Type.Object({ api: Type.String(), 'ml-worker': Type.String() }),
  startedAt: Type.String(),
  /** Absent while it is rolled out. */
  finishedAt: Type.Optional(Type.String()),
  actor: Type.String(),
  kind: Type.Union([Type.Literal('deploy'), Type.Literal('rollback')]),
  /** The release that a rollback brought back. */
  restores: Type.Optional(Type.String()),
  /** The commit that a rollback left. A commit that contains it is deployed after an approval only. */
  leaves: Type.Optional(Type.String()),
  /** The apps that were to run no task when it began: a deploy starts one of each, to try it. */
  stopped: Type.Optional(Type.Array(Type.Union([Type.Literal('api'), Type.Literal('ml-worker')]))),
  /** Why a person asked for a rollback, in their words. */
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  outcome: Type.Unsafe<ReleaseStatus>(Type.Enum([...releaseStatuses])),
});
export type Release = Static<typeof releaseSchema>;

/** An image, as a full reference by digest, and the commit it was built from. */
export interface BuiltImage {
  readonly image: string;
  readonly commit: string;
}

/** @returns the image that a release runs for an app */
export function imageIn({ images, builtFrom, gitSha }: Release, app: App): BuiltImage {
  return { image: images[app], commit: builtFrom?.[app] ?? gitSha };
}

/** Whether Git can find it: a person's release may come from a working tree that no commit describes. */
export function isCommit(gitSha: string): boolean {
  return /^[0-9a-f]{40}$/.test(gitSha);
}

/** @returns an id that sorts by time and names the commit, e.g. `20261123T021500.123Z-1a2b3c4` */
export function releaseId(startedAt: Date, gitSha: string): string {
  const time = startedAt.toISOString().replace(/[-:]/g, '');
  return `${time}-${gitSha.slice(0, 7)}`;
}
