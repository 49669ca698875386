/** Where the state of an account stack was found. */
export interface StateWhereabouts {
  readonly bucketExists: boolean;
  /** Whether the bucket has this stack's state. */
  readonly inBucket: boolean;
  /** An earlier bootstrap was interrupted before it moved its state away from this machine. */
  readonly onDisk: boolean;
}

/**
 * What a bootstrap must do next.
 * - `apply`: the state is in its bucket
 * - `create-and-move`: apply with the state on disk, then move it into the bucket that this creates
 * - `lost`: there is a bucket but its state is missing; an apply would try to create it again
 */
export type NextStep = 'apply' | 'create-and-move' | 'lost';

export function nextStep({ bucketExists, inBucket, onDisk }: StateWhereabouts): NextStep {
  if (inBucket) return 'apply';
  if (onDisk || !bucketExists) return 'create-and-move';
  return 'lost';
}
