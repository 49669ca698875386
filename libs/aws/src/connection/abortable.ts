import type { CallOptions } from '@clarity/domain';

/** A port's options as the SDK's `send` takes them. */
export function abortable({ signal }: CallOptions = {}): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
