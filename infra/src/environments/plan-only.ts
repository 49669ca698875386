/** A part of the system that an environment omits; only plans of other environments cover it. */
export interface PlanOnly {
  readonly what: string;
  readonly reason: string;
}

/**
 * What `local` omits of `dev`, because the embedded AWS cannot apply it. Each is an optional part of the
 * schema that local.ts does not set; plans of the other environments cover it.
 */
export const planOnly: readonly PlanOnly[] = [
  {
    what: 'Alerts in chat (AWS Chatbot)',
    reason:
      'moto does not support Chatbot, and a person has to authorise the workspace of a channel.',
  },
];
