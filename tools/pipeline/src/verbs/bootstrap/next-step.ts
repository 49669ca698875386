/** Where the state of an account stack was found. */
export interface StateWhereabouts {
  readonly bucketExists: boolean;
  /** The bucket holds this stack's state. */
  readonly inBucket: boolean;
  /** An earlier bootstrap left its state on this machine: it was ended before it had moved it. */
  readonly onDisk: boolean;
}

/**
 * What a bootstrap has to do.
 * - `apply`: the state is where it belongs
 * - `create-and-move`: apply with the state on disk, then move it into the bucket that made
 * - `lost`: there is a bucket and no state of it anywhere; applying would try to make it again
 */
export type NextStep = 'apply' | 'create-and-move' | 'lost';

export function nextStep({ bucketExists, inBucket, onDisk }: StateWhereabouts): NextStep {
  if (inBucket) return 'apply';
  if (onDisk || !bucketExists) return 'create-and-move';
  return 'lost';
}
