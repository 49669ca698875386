import { join } from 'node:path';
import { workspaceRoot } from '@clarity/host';
import { PipelineError } from '../errors';

/** Where the pipeline reads and writes. */
export interface Workspace {
  readonly root: string;
  /** Built apps and tools. */
  readonly dist: string;
  /** Kept between builds and never committed: Terraform, its plugins, process images. */
  readonly local: string;
}

/**
 * The workspace at or above this folder. Without one the folder itself: a rollback calls AWS and needs no
 * sources.
 */
export function findWorkspace(from: string = process.cwd()): Workspace {
  const root = workspaceRoot(from) ?? from;
  return { root, dist: join(root, 'dist'), local: join(root, '.local') };
}

/** @throws PipelineError `usage` if it has no sources */
export function assertSources({ root }: Workspace): void {
  if (workspaceRoot(root) === undefined)
    throw new PipelineError('usage', 'This is not a CLARITY workspace: no nx.json at or above it.');
}
