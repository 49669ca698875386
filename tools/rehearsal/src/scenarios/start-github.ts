import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RehearsalOptions } from '../rehearsal-options';
import type { Story } from '../progress/step';
import { startEmbeddedGitHub, type EmbeddedGitHub } from '../programs/embedded-github';
import { cloneWorkspace, type Repository } from '../repository/repository';

export interface HostedRepository {
  readonly github: EmbeddedGitHub;
  readonly repository: Repository;
  close(): Promise<void>;
}

/**
 * Brings this workspace to an embedded GitHub of its own.
 * @param endpoint of the embedded AWS, for its jobs
 */
export async function openGitHub(
  endpoint: string,
  story: Story,
  { root, folder, signal }: RehearsalOptions,
): Promise<HostedRepository> {
  // On the disk of the installed packages, which the jobs link.
  const here = join(root, '.local/rehearsal');
  return story.step(
    'start the embedded GitHub',
    async () => {
      const repository = await cloneWorkspace(root, join(here, 'repository'));
      const github = await startEmbeddedGitHub({
        root,
        repositoryFolder: repository.folder,
        workFolder: join(here, 'github'),
        logs: join(folder, 'logs'),
        endpoint,
        signal,
      });
      const close = async () => {
        await github.stop();
        await rm(here, { recursive: true, force: true });
      };
      return { github, repository, close };
    },
    () => 'with this workspace as its repository',
  );
}
