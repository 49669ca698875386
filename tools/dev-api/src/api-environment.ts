import { randomBytes } from 'node:crypto';

/** What the API is told besides the names of its resources. The key signs this run's cursors only. */
export function apiEnvironment(port: number): Readonly<Record<string, string>> {
  return {
    CLARITY_ENV: 'local',
    RELEASE: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'info',
    CURSOR_KEY: randomBytes(24).toString('hex'),
    // A restart waits for nobody.
    DRAIN_SECONDS: '0',
  };
}
