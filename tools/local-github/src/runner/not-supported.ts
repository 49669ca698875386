/**
 * A workflow uses something that this runner does not support. It fails loudly: a rehearsal that silently
 * leaves something out proves nothing.
 */
export class NotSupported extends Error {
  /** @param place file and line, if it is in a workflow file */
  constructor(what: string, place?: string) {
    super(`The embedded GitHub does not support ${what}${place ? ` (${place})` : ''}.`);
    this.name = 'NotSupported';
  }
}
