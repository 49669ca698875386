import { ValidationError } from '@clarity/schema';

/** More bytes than their reader takes. */
export class OversizeError extends ValidationError {
  constructor(what: string, mostBytes: number) {
    super(`The ${what} has more than ${mostBytes} bytes.`);
    this.name = 'OversizeError';
  }
}
