import { redirectLocation } from './own-response';

const toHttps = {
  kind: 'redirect',
  status: 301,
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/#{path}',
  query: '#{query}',
} as const;
const request = {
  method: 'GET',
  host: 'api.example.com',
  path: '/v1/me',
  query: 'a=1&b=2',
  headers: {},
  sourceIp: '127.0.0.1',
};
const http = { protocol: 'HTTP', port: 80 };
const nowhere = () => undefined;

it('names the port, as an ALB does', () => {
  expect(redirectLocation(toHttps, request, http, nowhere)).toBe(
    'https://api.example.com:443/v1/me?a=1&b=2',
  );
});

it('keeps what the redirect does not change, and drops an empty query', () => {
  const moved = { ...toHttps, protocol: '#{protocol}', port: '#{port}', path: '/v2/#{path}' };
  const bare = { ...request, query: '' };
  expect(redirectLocation(moved, bare, http, nowhere)).toBe('http://api.example.com:80/v2/v1/me');
});

it('leads to where the other listener is on loopback', () => {
  const urlOf = (protocol: string, port: number) =>
    protocol === 'https' && port === 443 ? 'http://127.0.0.1:1234' : undefined;
  expect(redirectLocation(toHttps, request, http, urlOf)).toBe(
    'http://127.0.0.1:1234/v1/me?a=1&b=2',
  );
  const elsewhere = { ...toHttps, host: 'www.example.com' };
  expect(redirectLocation(elsewhere, request, http, urlOf)).toContain('www.example.com:443');
});
