import { randomBytes, randomUUID } from 'node:crypto';
import { OversizeError } from '../oversize-error';
import type { ObjectStore } from '../ports/object-store';

const contentType = 'application/json';

/** What every ObjectStore has to do. */
export function describeObjectStore(
  name: string,
  factory: () => ObjectStore | Promise<ObjectStore>,
): void {
  describe(`${name} as an ObjectStore`, () => {
    let store: ObjectStore;
    beforeAll(async () => {
      store = await factory();
    });
    const aKey = () => `analyses/${randomUUID()}/result.json`;
    const text = (content: string) => new TextEncoder().encode(content);

    it('gives back the bytes and their type', async () => {
      const key = aKey();
      const bytes = new Uint8Array(randomBytes(200_000));
      expect(await store.put(key, bytes, { contentType: 'image/svg+xml' })).toBe('stored');
      const found = await store.get(key);
      expect(found?.contentType).toBe('image/svg+xml');
      expect(Buffer.compare(found?.bytes ?? new Uint8Array(), bytes)).toBe(0);
    });

    it('keeps an empty object', async () => {
      const key = aKey();
      await store.put(key, new Uint8Array(), { contentType });
      expect((await store.get(key))?.bytes).toHaveLength(0);
    });

    it('answers undefined for what is not there', async () => {
      expect(await store.get(aKey())).toBeUndefined();
    });

    it('refuses an object that is larger than asked for', async () => {
      const key = aKey();
      await store.put(key, text('four'), { contentType });
      expect((await store.get(key, { mostBytes: 4 }))?.bytes).toHaveLength(4);
      await expect(store.get(key, { mostBytes: 3 })).rejects.toThrow(OversizeError);
      expect(await store.get(aKey(), { mostBytes: 3 })).toBeUndefined();
    });

    it('replaces, unless asked to store only if absent', async () => {
      const key = aKey();
      expect(await store.put(key, text('1'), { contentType, ifAbsent: true })).toBe('stored');
      expect(await store.put(key, text('2'), { contentType, ifAbsent: true })).toBe('exists');
      expect(Buffer.from((await store.get(key))?.bytes ?? []).toString()).toBe('1');
      expect(await store.put(key, text('3'), { contentType })).toBe('stored');
      expect(Buffer.from((await store.get(key))?.bytes ?? []).toString()).toBe('3');
    });

    it('stores one of several that race to be first', async () => {
      const key = aKey();
      const answers = await Promise.all(
        ['a', 'b', 'c'].map((content) =>
          store.put(key, text(content), { contentType, ifAbsent: true }),
        ),
      );
      expect(answers.toSorted()).toEqual(['exists', 'exists', 'stored']);
      const winner = ['a', 'b', 'c'][answers.indexOf('stored')];
      expect(Buffer.from((await store.get(key))?.bytes ?? []).toString()).toBe(winner);
    });

    it('deletes, also what is already gone', async () => {
      const key = aKey();
      await store.put(key, text('1'), { contentType });
      await store.delete(key);
      expect(await store.get(key)).toBeUndefined();
      await store.delete(key);
    });

    it('erases, also what is already gone, and nothing else', async () => {
      const key = aKey();
      for (const name of [key, `${key}.json`]) await store.put(name, text('1'), { contentType });
      await store.erase(key);
      expect(await store.get(key)).toBeUndefined();
      expect(await store.get(`${key}.json`)).toBeDefined();
      await store.erase(key);
    });

    it('is not changed by what a caller does to its bytes afterwards', async () => {
      const key = aKey();
      const bytes = text('before');
      await store.put(key, bytes, { contentType });
      bytes.fill(0);
      (await store.get(key))?.bytes.fill(0);
      expect(Buffer.from((await store.get(key))?.bytes ?? []).toString()).toBe('before');
    });

    it('names its bucket and answers ping', async () => {
      expect(store.bucket).not.toBe('');
      await store.ping();
    });
  });
}
