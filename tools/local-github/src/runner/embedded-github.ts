import { runProgram } from '@clarity/host';
import type { GitHubEvent, JobLine, WorkflowRun } from '../contract';
import { factsOf } from './github-context';
import { ConcurrencyGroups } from './jobs/concurrency';
import { runWorkflow } from './jobs/run-workflow';
import type { WorkflowHost } from './jobs/workflow-host';
import type { RunnerOptions } from './runner-options';
import { inputsOf } from './workflow/dispatch-inputs';
import { isObject, type NodeObject } from './workflow/node';
import { parseWorkflowYaml } from './workflow/parse-yaml';
import { starts } from './workflow/triggers';

const folder = '.github/workflows';

/** GitHub Actions on this machine: receives events and runs the workflows of their commits. */
export interface EmbeddedGitHub {
  /**
   * Runs every workflow that the event starts, and waits for their ends.
   * @throws Error if a workflow is not valid, or NotSupported
   */
  fire(event: GitHubEvent, following?: Following): Promise<readonly WorkflowRun[]>;
}

/** How the runs of one event are followed. */
export interface Following {
  readonly onLine?: (line: JobLine) => void;
  /** Cancels the runs. */
  readonly signal?: AbortSignal;
}

/** @param settings its signal cancels every run */
export function embeddedGitHub(settings: Omit<RunnerOptions, 'onLine'>): EmbeddedGitHub {
  const groups = new ConcurrencyGroups();
  let lastRun = 0;
  return {
    async fire(event, { onLine, signal } = {}) {
      const options: RunnerOptions = {
        ...settings,
        ...(onLine && { onLine }),
        signal: AbortSignal.any([settings.signal, ...(signal ? [signal] : [])]),
      };
      const files = await workflowFiles(options.repositoryFolder, event.sha);
      const runs = [...files].map(async ([file, node]): Promise<WorkflowRun | undefined> => {
        if (!starts(node['on'], file, event)) return undefined;
        const runId = ++lastRun;
        const startedAt = new Date().toISOString();
        const facts = factsOf(event, options.server, {
          runId,
          workflow: String(node['name'] ?? `${folder}/${file}`),
          cron: cronOf(node),
        });
        const host: WorkflowHost = {
          options,
          facts,
          groups,
          read: async (called) => files.get(called) ?? missing(called),
          start: (workflow) => runWorkflow(host, workflow),
        };
        const { conclusion, runs: jobs } = await host.start({
          node,
          inputs:
            event.kind === 'workflow_dispatch'
              ? inputsOf(node['on'], 'workflow_dispatch', event.inputs)
              : {},
          prefix: '',
          signal: options.signal,
        });
        const finishedAt = new Date().toISOString();
        return { id: runId, file, event: event.kind, conclusion, jobs, startedAt, finishedAt };
      });
      return (await Promise.all(runs)).filter((run) => run !== undefined);
    },
  };
}

async function workflowFiles(
  repository: string,
  sha: string,
): Promise<ReadonlyMap<string, NodeObject>> {
  const list = await runProgram('git', ['ls-tree', '--name-only', `${sha}:${folder}`], {
    cwd: repository,
  });
  const names = list.split('\n').filter((name) => /\.ya?ml$/.test(name));
  const files = new Map<string, NodeObject>();
  for (const name of names) {
    const content = await runProgram('git', ['show', `${sha}:${folder}/${name}`], {
      cwd: repository,
    });
    files.set(name, parseWorkflowYaml(name, content));
  }
  return files;
}

function missing(file: string): never {
  throw new Error(`There is no workflow ${file} in this commit.`);
}

function cronOf(node: NodeObject): string {
  const schedule = isObject(node['on']) ? node['on']['schedule'] : undefined;
  const first: unknown = Array.isArray(schedule) ? schedule[0] : undefined;
  return String((first as { cron?: string } | undefined)?.cron ?? '');
}
