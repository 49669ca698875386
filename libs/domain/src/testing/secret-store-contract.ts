import { randomUUID } from 'node:crypto';
import type { SecretStore } from '../ports/secret-store';

export interface SecretStoreHarness {
  readonly secrets: SecretStore;
  /** Puts a secret there, as infrastructure does. */
  set(name: string, value: string): void | Promise<void>;
}

/** What every SecretStore has to do. */
export function describeSecretStore(
  name: string,
  factory: () => SecretStoreHarness | Promise<SecretStoreHarness>,
): void {
  describe(`${name} as a SecretStore`, () => {
    let harness: SecretStoreHarness;
    beforeAll(async () => {
      harness = await factory();
    });

    it('reads a secret', async () => {
      const secret = `clarity/${randomUUID()}`;
      await harness.set(secret, 'geheim · 秘密');
      expect(await harness.secrets.read(secret)).toBe('geheim · 秘密');
    });

    it('says not-found for a name that does not exist', async () => {
      await expect(harness.secrets.read(`clarity/${randomUUID()}`)).rejects.toMatchObject({
        kind: 'not-found',
      });
    });
  });
}
