import { DomainError } from '@clarity/domain';

/** The last sample of a page: the next page begins behind it. */
export interface SamplePosition {
  /** Epoch milliseconds. */
  readonly instant: number;
  readonly id: string;
}

export function encodeCursor({ instant, id }: SamplePosition): string {
  return Buffer.from(`${instant}~${id}`).toString('base64url');
}

/** @throws DomainError `invalid-input` */
export function decodeCursor(cursor: string): SamplePosition {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, instant, id] = /^(-?\d{1,15})~(.+)$/s.exec(text) ?? [];
  if (instant === undefined || id === undefined)
    throw new DomainError('invalid-input', 'The cursor is not one that this service made.');
  return { instant: Number(instant), id };
}
