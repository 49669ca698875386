/** A weight file or an option that cannot be imported; the message is for the person at the terminal. */
export class ImportError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ImportError';
  }
}
