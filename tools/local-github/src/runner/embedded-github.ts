import { join } from 'node:path';
import type { GitHubEvent, JobLine, WorkflowRun } from '../contract';
import { commitFiles, workflowFolder } from './commit-files';
import { factsOf } from './github-context';
import { Checkouts } from './jobs/checkouts';
import { ConcurrencyGroups } from './jobs/concurrency';
import { runWorkflow } from './jobs/run-workflow';
import type { WorkflowHost } from './jobs/workflow-host';
import type { RunnerOptions } from './runner-options';
import { inputsOf } from './workflow/dispatch-inputs';
import { NotSupported } from './not-supported';
import { isObject, placeOf, type Node, type NodeObject } from './workflow/node';
import { starts } from './workflow/triggers';

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
  const checkouts = new Checkouts(join(settings.workFolder, 'runners'));
  let lastRun = 0;
  return {
    async fire(event, { onLine, signal } = {}) {
      const options: RunnerOptions = {
        ...settings,
        ...(onLine && { onLine }),
        signal: AbortSignal.any([settings.signal, ...(signal ? [signal] : [])]),
      };
      const files = await commitFiles(options.repositoryFolder, event.sha);
      const nodes = files.names.map(async (file) => [file, await files.workflow(file)] as const);
      const started = (await Promise.all(nodes)).filter(([file, node]) =>
        starts(node['on'], file, event),
      );
      for (const [file] of started) await files.check(file);
      const runs = started.map(async ([file, node]): Promise<WorkflowRun> => {
        const runId = ++lastRun;
        const startedAt = new Date().toISOString();
        const facts = factsOf(event, options.server, {
          runId,
          workflow: String(node['name'] ?? `${workflowFolder}/${file}`),
          cron: cronOf(node),
        });
        const host: WorkflowHost = {
          options,
          facts,
          groups,
          checkouts,
          read: files.workflow,
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
          held: [],
        });
        const finishedAt = new Date().toISOString();
        return { id: runId, file, event: event.kind, conclusion, jobs, startedAt, finishedAt };
      });
      return Promise.all(runs);
    },
  };
}

function cronOf(node: NodeObject): string {
  const schedule = isObject(node['on']) ? node['on']['schedule'] : undefined;
  const [first, second]: readonly Node[] = Array.isArray(schedule) ? schedule : [];
  if (second)
    throw new NotSupported(
      'several schedules',
      isObject(node['on']) ? placeOf(node['on'], 'schedule') : undefined,
    );
  return String(isObject(first) ? (first['cron'] ?? '') : '');
}
