/** A listener of a load balancer: what arrives at a port, and the rules it goes by. */
export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** In the order of evaluation: by priority, the default action last. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly arn: string;
  /** All of them have to hold; the default rule has none. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

/** One of its values has to match. `*` stands for any characters, `?` for one. */
export type Condition =
  | {
      readonly field: 'path-pattern' | 'host-header' | 'http-request-method';
      readonly values: readonly string[];
    }
  | { readonly field: 'http-header'; readonly name: string; readonly values: readonly string[] }
  | { readonly field: 'query-string'; readonly pairs: readonly QueryPair[] }
  | { readonly field: 'source-ip'; readonly cidrs: readonly string[] }
  /** Regular expressions, and whatever comes after them: never holds. */
  | { readonly field: 'unknown' };

export interface QueryPair {
  /** Any key where it is undefined. */
  readonly key: string | undefined;
  readonly value: string;
}

export type Action =
  | { readonly kind: 'forward'; readonly groups: readonly WeightedGroup[] }
  | {
      readonly kind: 'fixed-response';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | Redirect;

export interface WeightedGroup {
  readonly targetGroupArn: string;
  /** 0 to 999; 0 takes no traffic. */
  readonly weight: number;
}

/** Its parts may hold `#{protocol}`, `#{host}`, `#{port}`, `#{path}` (no leading slash), `#{query}`. */
export interface Redirect {
  readonly kind: 'redirect';
  readonly status: 301 | 302;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** The target groups that a listener may send requests to. */
export const groupsOf = ({ rules }: Listener): readonly string[] => [
  ...new Set(
    rules.flatMap(({ action }) =>
      action.kind === 'forward' ? action.groups.map((group) => group.targetGroupArn) : [],
    ),
  ),
];
