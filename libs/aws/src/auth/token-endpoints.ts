/** The issuer of Cognito's tokens, unless the configuration names another. */
export function defaultIssuer(region: string, userPoolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}

/**
 * The key set is under the issuer; with a custom endpoint (read from the environment as the SDK
 * does) under that, because an embedded AWS signs with keys of its own in the real issuer's name.
 */
export function defaultJwksUri(
  issuer: string,
  userPoolId: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const endpoint =
    environment['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] ?? environment['AWS_ENDPOINT_URL'];
  const base = endpoint ? `${endpoint.replace(/\/+$/, '')}/${userPoolId}` : issuer;
  return `${base}/.well-known/jwks.json`;
}
