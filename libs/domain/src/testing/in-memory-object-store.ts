import { OversizeError } from '../oversize-error';
import type { ObjectStore, StoredObject } from '../ports/object-store';
import { faults, type FaultInjection } from './fault-injection';

export interface InMemoryObjectStore extends ObjectStore, FaultInjection {
  keys(): readonly string[];
}

export function inMemoryObjectStore(bucket = 'in-memory'): InMemoryObjectStore {
  const objects = new Map<string, StoredObject>();
  const { check, failNext, slowDown } = faults('object store');
  return {
    bucket,
    failNext,
    slowDown,
    keys: () => [...objects.keys()],
    async put(key, bytes, { contentType, ifAbsent, ...options }) {
      await check(options);
      if (ifAbsent && objects.has(key)) return 'exists';
      objects.set(key, { bytes: Uint8Array.from(bytes), contentType });
      return 'stored';
    },
    async get(key, { mostBytes = Infinity, ...options } = {}) {
      await check(options);
      const object = objects.get(key);
      if (object && object.bytes.length > mostBytes) throw new OversizeError('object', mostBytes);
      return object && { ...object, bytes: Uint8Array.from(object.bytes) };
    },
    async delete(key, options) {
      await check(options);
      objects.delete(key);
    },
    async erase(key, options) {
      await check(options);
      objects.delete(key);
    },
    async ping(options) {
      await check(options);
    },
  };
}
