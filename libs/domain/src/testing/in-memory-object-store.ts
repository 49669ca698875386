import type { ObjectStore, StoredObject } from '../ports/object-store';
import { faults, type FaultInjection } from './fault-injection';

export interface InMemoryObjectStore extends ObjectStore, FaultInjection {
  keys(): readonly string[];
}

export function inMemoryObjectStore(bucket = 'in-memory'): InMemoryObjectStore {
  const objects = new Map<string, StoredObject>();
  const { check, failNext } = faults('object store');
  return {
    bucket,
    failNext,
    keys: () => [...objects.keys()],
    async put(key, bytes, { contentType, ifAbsent }) {
      check();
      if (ifAbsent && objects.has(key)) return 'exists';
      objects.set(key, { bytes: Uint8Array.from(bytes), contentType });
      return 'stored';
    },
    async get(key) {
      check();
      const object = objects.get(key);
      return object && { ...object, bytes: Uint8Array.from(object.bytes) };
    },
    async delete(key) {
      check();
      objects.delete(key);
    },
    async ping() {
      check();
    },
  };
}
