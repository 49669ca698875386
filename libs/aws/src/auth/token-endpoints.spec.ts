import { defaultIssuer, defaultJwksUri } from './token-endpoints';

const pool = 'eu-central-1_Pool';
const issuer = defaultIssuer('eu-central-1', pool);

it('finds the keys under the issuer', () => {
  expect(defaultJwksUri(issuer, pool, {})).toBe(
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool/.well-known/jwks.json',
  );
});

it('finds them under a custom endpoint, the more specific one first', () => {
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' };
  const keys = `${pool}/.well-known/jwks.json`;
  expect(defaultJwksUri(issuer, pool, environment)).toBe(`http://127.0.0.1:4566/${keys}`);
  const cognito = { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://cognito.local' };
  expect(defaultJwksUri(issuer, pool, { ...environment, ...cognito })).toBe(
    `http://cognito.local/${keys}`,
  );
});
