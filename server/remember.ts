import type { Db } from './data/db.ts';

/** What one process remembers by a key. Two servers in one process, as in tests, share nothing: each has its Db. */
export interface Memory<K, V> {
  get(db: Db, key: K): V | undefined;
  /** The latest put. Beyond the most that is remembered, what was put longest ago goes. */
  put(db: Db, key: K, value: V): void;
  forget(db: Db, key: K): void;
}

export function rememberPerDb<K, V>(most: number): Memory<K, V> {
  const perDb = new WeakMap<Db, Map<K, V>>();
  return {
    get: (db, key) => perDb.get(db)?.get(key),
    put(db, key, value) {
      const memory = perDb.get(db) ?? new Map<K, V>();
      perDb.set(db, memory);
      // A Map keeps the order of insertion: put last, the first key is the oldest.
      memory.delete(key);
      memory.set(key, value);
      const oldest = memory.keys().next();
      if (memory.size > most && !oldest.done) memory.delete(oldest.value);
    },
    forget: (db, key) => void perDb.get(db)?.delete(key),
  };
}
