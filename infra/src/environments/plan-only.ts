/** A part of the system that only Terraform's plan covers where it is left out. */
export interface PlanOnly {
  readonly what: string;
  readonly reason: string;
}

/**
 * What `local` leaves out of `dev`, because the embedded AWS cannot apply it. Each is an optional part
 * of the schema that local.ts does not set; plans of the other environments cover it.
 */
export const planOnly: readonly PlanOnly[] = [
  {
    what: 'Alerts in chat (AWS Chatbot)',
    reason: 'moto has no Chatbot, and a channel needs a workspace that a person has authorised.',
  },
];
