import type { CallOptions } from './call-options';

/** Secrets by name. Values never appear in logs or errors. */
export interface SecretStore {
  /** @throws DomainError `not-found`, `unavailable` */
  read(name: string, options?: CallOptions): Promise<string>;
}
