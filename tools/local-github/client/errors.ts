/** The embedded GitHub answered a call with a refusal. */
export class CallRefused extends Error {
  constructor(
    readonly path: string,
    readonly status: number,
    answer: string,
  ) {
    super(`${path} was answered ${status}: ${answer}`);
    this.name = 'CallRefused';
  }
}

/** A workflow of an event could not be run: it is not valid, or uses what is not supported. */
export class WorkflowNotRun extends Error {
  override readonly name = 'WorkflowNotRun';
}

/** The embedded GitHub ended before the workflows of an event did. */
export class GitHubEnded extends Error {
  constructor() {
    super('The embedded GitHub ended before the workflows did.');
    this.name = 'GitHubEnded';
  }
}
