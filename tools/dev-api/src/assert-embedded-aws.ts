import { DevError } from './dev-error';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * It creates resources and an account, so it must never meet a real AWS.
 * @returns the endpoint
 * @throws DevError if the environment names no endpoint on this machine
 */
export function assertEmbeddedAws(env: NodeJS.ProcessEnv): string {
  const endpoint = env['AWS_ENDPOINT_URL'] ?? '';
  if (URL.canParse(endpoint) && loopback.includes(new URL(endpoint).hostname)) return endpoint;
  throw new DevError(
    'AWS_ENDPOINT_URL has to name an embedded AWS. Run: npx nx serve @clarity/api',
  );
}
