import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PipelineError } from '../core/errors';

/** Where the pipeline reads and writes; everything lies inside the workspace. */
export interface Workspace {
  readonly root: string;
  /** Built apps and tools. */
  readonly dist: string;
  /** What outlives a build but is never committed: Terraform, its plugins, process-mode images. */
  readonly local: string;
}

/** Walks up from `from` to the folder that holds nx.json. */
export function findWorkspace(from: string = process.cwd()): Workspace {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json')))
      return { root: folder, dist: join(folder, 'dist'), local: join(folder, '.local') };
    if (folder === dirname(folder))
      throw new PipelineError('usage', 'This is not a CLARITY workspace: no nx.json above.');
  }
}
