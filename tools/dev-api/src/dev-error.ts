/** An end that a person can act on: printed without a stack trace. */
export class DevError extends Error {}
