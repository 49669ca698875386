import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiAddress } from './api-address';

const domain = 'https://api.dev.clarity.example';

/** An embedded AWS that reports these load balancers. */
async function withLoadBalancers<T>(
  reports: readonly { dnsName: string; url: string }[],
  use: (endpoint: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    const known = request.url === '/_local/load-balancers';
    response.writeHead(known ? 200 : 404).end(JSON.stringify(reports));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

test('in an account the address is the domain', async () => {
  expect(await apiAddress(domain, 'dev', undefined)).toBe(domain);
});

test('on an embedded AWS the address is the port of its load balancer', async () => {
  const balancers = ['localnext', 'local'].map((name, n) => ({
    dnsName: `clarity-${name}-1.us-east-1.elb.amazonaws.com`,
    url: `http://127.0.0.1:3456${n}`,
  }));
  const ask = (endpoint: string) => apiAddress(domain, 'local', endpoint);
  expect(await withLoadBalancers(balancers, ask)).toBe('http://127.0.0.1:34561');
});

test('an embedded AWS without a load balancer does not fail a completed deploy', async () => {
  expect(await withLoadBalancers([], (endpoint) => apiAddress(domain, 'local', endpoint))).toBe(
    domain,
  );
  expect(await apiAddress(domain, 'local', 'http://127.0.0.1:1')).toBe(domain);
});
