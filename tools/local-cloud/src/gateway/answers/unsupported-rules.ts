const actionsWithRules = new Set(['CreateRule', 'ModifyRule', 'CreateListener', 'ModifyListener']);
const supportedValues: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [/^Conditions\.member\.\d+\.Field$/, new Set(['path-pattern', 'host-header'])],
  [/Actions\.member\.\d+\.Type$/, new Set(['forward', 'fixed-response', 'redirect'])],
  [/TargetGroupStickinessConfig\.Enabled$/, new Set(['false'])],
];
const unsupportedNames: readonly (readonly [RegExp, string])[] = [
  [/ForwardConfig\.TargetGroups\.member\.2\./, 'Forwarding to more than one target group'],
  [/^Conditions\.member\.\d+\..*RegexValues\./, 'Matching by regular expression'],
];

/** The error for a listener or rule that the load balancers here would not obey; undefined if there is none. */
export function refuseRule(query: URLSearchParams): string | undefined {
  if (!actionsWithRules.has(query.get('Action') ?? '')) return undefined;
  const [what] = [...query].flatMap(([name, value]) => [
    ...supportedValues
      .filter(([pattern, supported]) => pattern.test(name) && !supported.has(value))
      .map(() => `${name} = ${value}`),
    ...unsupportedNames.filter(([pattern]) => pattern.test(name)).map(([, text]) => text),
  ]);
  if (what === undefined) return undefined;
  const message = `${what} is not supported by the embedded AWS.`;
  return `<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error><Type>Sender</Type><Code>UnsupportedOperation</Code><Message>${message}</Message></Error><RequestId>local-cloud</RequestId></ErrorResponse>`;
}
