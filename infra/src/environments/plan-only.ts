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
    what: 'Audit trail and guard rails of the account',
    reason:
      'moto 5.2.1 cannot start a trail by its ARN, and S3 Control needs host names that begin with the account’s id.',
  },
  {
    what: 'Mail of Cognito through SES',
    reason: 'It needs a verified identity of SES, and moto sends no mail.',
  },
];
