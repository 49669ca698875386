export type { JobLine } from './follow-run';
export {
  connectGitHub,
  type FireOptions,
  type GitHubAddresses,
  type GitHubClient,
  type NewPullRequest,
} from './github-client';
export { startEmbeddedGitHub, type EmbeddedGitHub, type StartGitHubOptions } from './start';
export type { GitHubEvent, JobRun, StepRun, WorkflowRun } from '../src/contract';
