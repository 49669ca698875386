/**
 * What the embedded AWS and the programs that start it agree on: the state file and the pages below
 * `/_local/`.
 */

/** `local-cloud.json` in the state folder. It exists while the embedded AWS is ready. */
export interface CloudState {
  readonly pid: number;
  readonly endpoint: string;
  readonly motoPid: number;
  /** The folder of the tasks' logs. */
  readonly logs: string;
}

export const stateFileName = 'local-cloud.json';

export const pagePaths = {
  health: '/_local/health',
  tasks: '/_local/tasks',
  loadBalancers: '/_local/load-balancers',
  timeline: '/_local/timeline',
  traffic: '/_local/traffic',
  faults: '/_local/faults',
  permissions: '/_local/permissions',
  permissionRemovals: '/_local/permission-removals',
  /** Takes traces as OTLP in JSON; that of a task has its id behind it. */
  collector: '/_local/collector',
} as const;

export interface HealthPage {
  readonly status: 'ok';
  readonly services: number;
  /** Tasks that are not STOPPED. */
  readonly tasks: number;
}

type Health = 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';

/** A task, and the processes it runs as. Times are ISO 8601. */
export interface TaskRow {
  readonly taskArn: string;
  /** `service:<name>`, or `family:<name>` for a task without a service. */
  readonly group: string;
  readonly taskDefinition: string;
  /** Id of the deployment that started it. */
  readonly deployment?: string | undefined;
  readonly capacityProvider?: string | undefined;
  readonly lastStatus: string;
  readonly healthStatus: Health;
  /** Processes of its containers that are still running. */
  readonly pids: readonly number[];
  readonly createdAt: string;
  readonly startedAt?: string | undefined;
  readonly stoppedAt?: string | undefined;
  readonly stoppedReason?: string | undefined;
  /** Path of its log. */
  readonly log: string;
  readonly containers: readonly ContainerRow[];
}

export interface ContainerRow {
  readonly name: string;
  readonly pid?: number | undefined;
  /** containerPort → port on loopback. */
  readonly ports: Readonly<Record<string, number>>;
  /** A sidecar without an image. */
  readonly skipped: boolean;
  readonly exitCode?: number | undefined;
  readonly health: Health;
}

export interface LoadBalancerRow {
  readonly arn: string;
  readonly dnsName: string;
  readonly url: string;
  readonly listeners: readonly {
    readonly port: number;
    readonly protocol: string;
    readonly url: string;
    readonly rules: number;
  }[];
  readonly targets: readonly {
    readonly targetGroupArn: string;
    readonly taskId: string;
    readonly port: number;
    readonly state: string;
    readonly inFlight: number;
    readonly requests: number;
    readonly failures: number;
  }[];
  readonly requests: number;
  /** Requests that the load balancer itself failed: its own 5xx, and responses that broke off. */
  readonly failures: number;
  /** 5xx responses of targets. */
  readonly targetFailures: number;
}

/** The life of one task of a service. Times are epoch milliseconds, absent until they are reached. */
export interface TaskLife {
  readonly taskArn: string;
  readonly service: string;
  /** `<family>:<revision>` of its task definition. */
  readonly revision: string;
  /** When it started to run; when it was created, if it never ran. */
  readonly startedAt: number;
  /** When every health check first passed. */
  readonly readyAt?: number;
  readonly stoppingAt?: number;
  readonly stoppedAt?: number;
  readonly stopReason?: string;
}

/** What the load balancers answered in one second. */
export interface TrafficSecond {
  /** Epoch seconds. */
  readonly second: number;
  readonly requests: number;
  /** 5xx of a load balancer itself, and responses that broke off. */
  readonly balancerFailures: number;
  /** 5xx of targets. */
  readonly target5xx: number;
}

/** `audit` records what IAM would deny, `enforce` denies it, `off` judges nothing. */
export const iamModes = ['enforce', 'audit', 'off'] as const;
export type IamMode = (typeof iamModes)[number];

/** How the calls of roles fared under IAM. Calls of the static key are not judged. */
export interface PermissionsPage {
  readonly mode: IamMode;
  /** Calls of roles. */
  readonly calls: number;
  readonly denied: readonly DeniedRow[];
  /** Operations that could not be mapped to an action; they are allowed. */
  readonly unmapped: readonly { readonly operation: string; readonly count: number }[];
  /** Calls without a signature, answered or not. */
  readonly unsigned: readonly { readonly operation: string; readonly count: number }[];
  readonly principals: readonly { readonly arn: string; readonly calls: number }[];
  /** Allow statements of the roles that made calls. */
  readonly statements: readonly StatementRow[];
  /** What was asked for, each distinct request once; input of a later judgement by other policies. */
  readonly requests: readonly RecordedRequest[];
}

export interface DeniedRow {
  readonly action: string;
  readonly resource: string;
  /** ARN of the role. */
  readonly role: string;
  /** AWS's sentence. */
  readonly reason: string;
  readonly count: number;
  /** When it was first denied, ISO 8601. */
  readonly at: string;
}

export interface StatementRow {
  /** ARN of the role. */
  readonly role: string;
  readonly policy: string;
  readonly sid?: string;
  /** How many requests each entry of `Action` allowed. */
  readonly actions: readonly { readonly action: string; readonly exercised: number }[];
  readonly exercised: boolean;
}

export interface RecordedRequest {
  /** ARN of the role. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case, without those about time. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** What removing one entry of `Action` from an Allow statement would have done to the recorded requests. */
export interface PermissionRemoval {
  /** ARN of the role. */
  readonly role: string;
  readonly policy: string;
  readonly sid?: string;
  readonly action: string;
  /** Its statement allowed a request for such an action. */
  readonly exercised: boolean;
  /** A request that was allowed would have been denied. */
  readonly noticed: boolean;
}
