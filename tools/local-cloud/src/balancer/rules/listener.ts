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
export interface Condition {
  readonly field: 'path-pattern' | 'host-header';
  readonly values: readonly string[];
}

export type Action =
  | { readonly kind: 'forward'; readonly targetGroupArn: string }
  | {
      readonly kind: 'fixed-response';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | Redirect;

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
    rules.flatMap(({ action }) => (action.kind === 'forward' ? action.targetGroupArn : [])),
  ),
];
