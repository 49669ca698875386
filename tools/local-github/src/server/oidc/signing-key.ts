import { createHash, createSign, generateKeyPairSync } from 'node:crypto';

export interface SigningKey {
  /** A JSON Web Key Set with the public half. */
  readonly jwks: { readonly keys: readonly object[] };
  /** A JWT, RS256. */
  sign(claims: Readonly<Record<string, unknown>>): string;
}

/** A key for the life of the server. */
export function newSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(String(jwk.n)).digest('hex').slice(0, 40);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    jwks: { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] },
    sign(claims) {
      const signed = `${encode({ typ: 'JWT', alg: 'RS256', kid })}.${encode(claims)}`;
      const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url');
      return `${signed}.${signature}`;
    },
  };
}
