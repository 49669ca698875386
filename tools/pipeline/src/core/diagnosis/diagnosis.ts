/** What ECS, the load balancer, logs and alarms report about a failed rollout. */
export interface Diagnosis {
  readonly service: string;
  /** Newest first, in AWS's words. */
  readonly events: readonly string[];
  readonly stoppedTasks: readonly StoppedTask[];
  readonly unhealthyTargets: readonly { readonly target: string; readonly reason: string }[];
  readonly alarms: readonly { readonly name: string; readonly reason: string }[];
  /** The last lines that a failed task logged, oldest first. */
  readonly log: readonly string[];
}

export interface StoppedTask {
  readonly task: string;
  readonly reason: string;
  readonly containers: readonly {
    readonly name: string;
    readonly exitCode?: number;
    readonly reason?: string;
  }[];
}

/** As Markdown for the job summary, the most telling part first. Nothing can break out of its code block. */
export function renderDiagnosis(diagnosis: Diagnosis): string {
  const { service, stoppedTasks, unhealthyTargets, alarms, events, log } = diagnosis;
  return [
    `### Why ${service} was not rolled out`,
    section(
      'Alarms',
      alarms.map(({ name, reason }) => `${name}: ${reason}`),
    ),
    section('Stopped tasks', stoppedTasks.map(describeTask)),
    section(
      'Unhealthy targets',
      unhealthyTargets.map(({ target, reason }) => `${target}: ${reason}`),
    ),
    section('Last log lines of a failed task', log),
    section('Events', events),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function describeTask({ task, reason, containers }: StoppedTask): string {
  const parts = containers.map(({ name, exitCode, reason: why }) => {
    const code = exitCode === undefined ? 'no exit code' : `exit code ${exitCode}`;
    return `${name}: ${code}${why ? ` (${why})` : ''}`;
  });
  return [`${task}: ${reason}`, ...parts].join('; ');
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  // No line inside can close a fence that is longer than every run of backticks in them.
  const longest = Math.max(
    0,
    ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length),
  );
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `**${title}**\n${fence}text\n${lines.join('\n')}\n${fence}`;
}
