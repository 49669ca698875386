import { randomBytes } from 'node:crypto';

/** The API's settings besides the names of its resources. The key signs the cursors of this run only. */
export function apiEnvironment(port: number): Readonly<Record<string, string>> {
  return {
    CLARITY_ENV: 'local',
    RELEASE: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'info',
    CURSOR_KEY: randomBytes(24).toString('hex'),
    // A restart does not wait for clients.
    DRAIN_SECONDS: '0',
  };
}
