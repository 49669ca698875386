export { CallRefused, GitHubEnded, WorkflowNotRun } from './errors';
export {
  connectGitHub,
  type FireOptions,
  type GitHubAddresses,
  type GitHubClient,
  type NewPullRequest,
} from './github-client';
export { startEmbeddedGitHub, type EmbeddedGitHub, type StartGitHubOptions } from './start';
export type { GitHubEvent, JobLine, JobRun, StepRun, WorkflowRun } from '../src/contract';
