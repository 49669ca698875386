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

/** @throws PipelineError `usage` if no folder at or above `from` has nx.json */
export function findWorkspace(from?: string): Workspace {
  const root = workspaceRoot(from);
  if (root === undefined)
    throw new PipelineError('usage', 'This is not a CLARITY workspace: no nx.json at or above it.');
  return { root, dist: join(root, 'dist'), local: join(root, '.local') };
}
