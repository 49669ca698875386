import type { Findings } from '../report/report';
import type { Story } from '../progress/step';
import type { GitHubClient } from '../clients/github-client';
import type { Repository } from '../repository/repository';

/** What the plays at GitHub are told with. */
export interface WorkflowStory {
  readonly story: Story;
  readonly findings: Findings;
  readonly github: GitHubClient;
  readonly repository: Repository;
  /** Of the embedded AWS. */
  readonly endpoint: string;
  /** Id of the release that is current, as `pipeline releases list` says. */
  readonly currentRelease: () => Promise<string>;
}

/** @throws Error where the current release is of another commit */
export async function expectRelease(
  { currentRelease }: WorkflowStory,
  commit: string,
): Promise<void> {
  const release = await currentRelease();
  if (!commit.startsWith(commitOf(release)))
    throw new Error(`The current release is ${release}, not one of ${commit}.`);
}

/** @returns the beginning of the commit that a release is of */
export function commitOf(release: string): string {
  return release.split('-').at(-1) ?? '';
}
