import type { SecretValue } from '../constructs/compute/container-definition';
import type { Environment } from '../environments/schema';

/**
 * The keys that the API gets: CURSOR_KEY signs and opens, CURSOR_KEY_PREVIOUS only opens. While the
 * previous key still signs, the tasks learn to open the new one's cursors before any task makes them.
 */
export function cursorKeys(
  arn: string,
  { previous }: Environment['data']['cursorKey'],
): Readonly<Record<string, SecretValue>> {
  const newest: SecretValue = { arn };
  const before: SecretValue = { arn, stage: 'AWSPREVIOUS' };
  switch (previous) {
    case 'none':
      return { CURSOR_KEY: newest };
    case 'opens':
      return { CURSOR_KEY: newest, CURSOR_KEY_PREVIOUS: before };
    case 'signs':
      return { CURSOR_KEY: before, CURSOR_KEY_PREVIOUS: newest };
  }
}
