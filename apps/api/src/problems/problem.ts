import { problemCatalogue, problemType, type FieldError, type ProblemName } from '@clarity/schema';

/** Which part of the request a pointer goes into. */
export type RequestPart = 'body' | 'query' | 'path' | 'header';

export interface ProblemField extends FieldError {
  readonly in: RequestPart;
}

export interface ProblemExtras {
  readonly errors?: readonly ProblemField[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body, as RFC 9457 section 3.2 allows. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A problem to answer with. Everything in it is meant for the client to see. */
export class Problem extends Error {
  readonly errors: readonly ProblemField[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    readonly problem: ProblemName,
    readonly detail: string,
    extras: ProblemExtras = {},
  ) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'Problem';
    this.errors = extras.errors ?? [];
    this.headers = extras.headers ?? {};
    this.members = extras.members ?? {};
  }

  get status(): number {
    return problemCatalogue[this.problem].status;
  }
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: readonly ProblemField[];
}

/** @param instance the path of the request, without its query: query values may be personal */
export function problemDocument(
  problem: Problem,
  instance: string,
  requestId: string,
): ProblemDocument & Record<string, unknown> {
  const { status, title } = problemCatalogue[problem.problem];
  return {
    type: problemType(problem.problem),
    title,
    status,
    detail: problem.detail,
    instance,
    requestId,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...problem.members,
  };
}
