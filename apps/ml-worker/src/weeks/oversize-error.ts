import { DomainError } from '@clarity/domain';

/** More bytes than a week can have. */
export class OversizeError extends DomainError {
  constructor(what: string, mostBytes: number) {
    super('invalid-input', `The ${what} has more than ${mostBytes} bytes.`);
    this.name = 'OversizeError';
  }
}
