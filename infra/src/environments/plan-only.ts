/** A part of the system that an environment omits; only plans of other environments cover it. */
export interface PlanOnly {
  readonly what: string;
  readonly reason: string;
}

/**
 * What `local` omits of `prod`, because the embedded AWS cannot apply it. Each is a choice of the schema;
 * plans of the other environments cover it.
 */
export const planOnly: readonly PlanOnly[] = [
  {
    what: 'Mail of Cognito through SES',
    reason: 'It needs a verified identity of SES, and moto sends no mail.',
  },
];
