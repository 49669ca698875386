import { ValidationError } from '@clarity/schema';

/** More bytes than a week can have. */
export class OversizeError extends ValidationError {
  constructor(what: string, mostBytes: number) {
    super(`The ${what} has more than ${mostBytes} bytes.`);
    this.name = 'OversizeError';
  }
}
