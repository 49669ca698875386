import { DomainError } from '../errors';
import type { SecretStore } from '../ports/secret-store';
import { faults, type FaultInjection } from './fault-injection';

export interface InMemorySecretStore extends SecretStore, FaultInjection {
  set(name: string, value: string): void;
}

export function inMemorySecretStore(
  initial: Readonly<Record<string, string>> = {},
): InMemorySecretStore {
  const secrets = new Map(Object.entries(initial));
  const { check, failNext, slowDown } = faults('secret store');
  return {
    failNext,
    slowDown,
    set: (name, value) => void secrets.set(name, value),
    async read(name, options) {
      await check(options);
      const value = secrets.get(name);
      if (value === undefined) throw new DomainError('not-found', `There is no secret ${name}.`);
      return value;
    },
  };
}
