/** Something that the test needs failed; said without a stack trace. */
export class CannotTest extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotTest';
  }
}
