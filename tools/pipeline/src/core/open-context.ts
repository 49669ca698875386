import { consoleReporter } from '../io/reporter';
import { findWorkspace } from '../io/workspace';
import type { Start, TerraformStart } from './context';
import { connectGitHub, githubOptions } from './github/client';
import { currentJob } from './github/job';
import { openAws } from './open-aws';

/** Connects a verb to the workspace, GitHub, AWS and Terraform of this machine. */
export function openStart(signal: AbortSignal): TerraformStart {
  const workspace = findWorkspace();
  const reporter = consoleReporter();
  const start: Start = {
    workspace,
    reporter,
    job: currentJob(),
    signal,
    connectGitHub: (repository) =>
      connectGitHub({ ...githubOptions(process.env, repository), reporter, signal }),
  };
  return {
    ...start,
    openAws: (environment, aws) => openAws(start, environment, aws),
    openTerraform: async (environment, aws) => {
      const { openTerraform } = await import('./open-terraform');
      return openTerraform(start, environment, aws);
    },
  };
}
