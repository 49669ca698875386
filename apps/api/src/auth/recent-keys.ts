export interface RecentKeys {
  has(key: string): boolean;
  add(key: string): void;
}

/** Remembers the `limit` keys that were added last. */
export function recentKeys(limit: number): RecentKeys {
  const keys = new Set<string>();
  return {
    has: (key) => keys.has(key),
    add(key) {
      keys.delete(key);
      keys.add(key);
      if (keys.size > limit) for (const oldest of keys) return void keys.delete(oldest);
    },
  };
}
