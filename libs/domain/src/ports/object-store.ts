import type { CallOptions } from './call-options';

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export interface PutOptions {
  readonly contentType: string;
  /** Fail rather than replace: a result is written once. */
  readonly ifAbsent?: boolean;
}

export interface GetOptions {
  /** Bytes: a larger object is not read. */
  readonly mostBytes?: number;
}

/** Immutable documents in one bucket. Keys are opaque ids, never personal data. */
export interface ObjectStore {
  readonly bucket: string;
  /**
   * @returns `exists` when `ifAbsent` was asked and the key is taken (nothing changed)
   * @throws DomainError `unavailable`
   */
  put(
    key: string,
    bytes: Uint8Array,
    options: PutOptions & CallOptions,
  ): Promise<'stored' | 'exists'>;
  /**
   * @returns undefined if there is no such object
   * @throws DomainError `unavailable`; OversizeError if the object has more than `mostBytes`
   */
  get(key: string, options?: GetOptions & CallOptions): Promise<StoredObject | undefined>;
  delete(key: string, options?: CallOptions): Promise<void>;
  /** Deletes an object so that nothing of it is left: all its versions, also those before a `delete`. */
  erase(key: string, options?: CallOptions): Promise<void>;
  /** Resolves when the bucket answers; the readiness check. */
  ping(options?: CallOptions): Promise<void>;
}
