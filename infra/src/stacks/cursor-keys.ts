import type { SecretValue } from '../constructs/compute/container-definition';
import type { Environment } from '../environments/schema';

/**
 * The API's cursor keys: CURSOR_KEY signs and verifies, CURSOR_KEY_PREVIOUS only verifies. While the
 * previous key still signs, all tasks can already verify the new key before any task signs with it.
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
