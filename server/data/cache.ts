/** What one App remembers by a key. */
export interface Cache<K, V> {
  get(key: K): V | undefined;
  /** The latest put. Beyond the most that is remembered, what was put longest ago goes. */
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
      // A Map keeps the order of insertion: put last, the first key is the oldest.
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
