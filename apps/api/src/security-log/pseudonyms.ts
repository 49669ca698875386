import { createHmac, hkdfSync } from 'node:crypto';
import { normalizeIP } from '@fastify/rate-limit';

/** Names that stand for people and addresses: always the same for the same one, and not reversible. */
export interface Pseudonyms {
  user(userId: string): string;
  /** @param email however it is spelled: Cognito's accounts do not depend on case */
  account(email: string): string;
  /** @param ip IPv6 addresses of one /64 are one address: a single client has all of them */
  address(ip: string | undefined): string;
}

/** base64url characters: 96 bits, too many for two to meet by chance. */
const length = 16;

/**
 * Keyed hashes, because a plain hash of a mail address or an IPv4 address is undone by trying them all.
 * The key is derived from the cursor key (HKDF, RFC 5869) and not a secret of its own: there is no
 * further secret to grant, to rotate or to lose, the derivation keeps the two uses apart, and when the
 * cursor key is renewed, what was logged before cannot be linked with people any more.
 */
export function pseudonyms(secret: string): Pseudonyms {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'clarity pseudonyms v1', 32));
  const name = (kind: string, value: string) => {
    const hash = createHmac('sha256', key).update(`${kind}\n${value}`).digest('base64url');
    return `${kind}:${hash.slice(0, length)}`;
  };
  return {
    user: (userId) => name('user', userId),
    account: (email) => name('account', email.normalize('NFKC').toLowerCase()),
    // A socket that is closed already has no address.
    address: (ip) => name('address', ip === undefined ? '' : normalizeIP(ip)),
  };
}
