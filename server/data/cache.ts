/** A cache that belongs to one App. */
interface Cache<K, V> {
  get(key: K): V | undefined;
  /** Stores a value. When the cache is full, it drops the entry that was put longest ago. */
  put(key: K, value: V): void;
  forget(key: K): void;
  clear(): void;
  size(): number;
}

export function createCache<K, V>(most: number): Cache<K, V> {
  const entries = new Map<K, V>();
  return {
    get: (key) => entries.get(key),
    put(key, value) {
      // A Map keeps the order of insertion. The key that is put last moves to the end, so the first key is the
      // oldest.
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.keys().next();
      if (entries.size > most && !oldest.done) entries.delete(oldest.value);
    },
    forget: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    size: () => entries.size,
  };
}
