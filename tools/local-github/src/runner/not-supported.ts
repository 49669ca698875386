/**
 * A workflow uses something that this runner does not support. It fails loudly: a rehearsal that silently
 * leaves something out proves nothing.
 */
export class NotSupported extends Error {
  constructor(what: string) {
    super(`The embedded GitHub does not support ${what}.`);
    this.name = 'NotSupported';
  }
}
