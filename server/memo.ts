/*
 * Caches for pure functions. Their results depend only on their arguments, so entries never become stale, and all
 * Apps can share them. Values that may become stale belong into App.caches (caches.ts).
 */

/**
 * Caches results by a key. When it is full it drops all entries, which is cheaper than tracking which was used last.
 */
export function memo<V>(most: number): (key: string, make: () => V) => V {
  const known = new Map<string, V>();
  return (key, make) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make();
      if (known.size >= most) known.clear();
      known.set(key, value);
    }
    return value;
  };
}

/** Caches one result per object, for as long as the object lives. */
export function memoPer<K extends object, V>(make: (object: K) => V): (object: K) => V {
  const known = new WeakMap<K, V>();
  return (object) => {
    let value = known.get(object);
    if (value === undefined) {
      value = make(object);
      known.set(object, value);
    }
    return value;
  };
}

/** Makes something once, on first use. After a failure, the next caller tries again. */
export function once<V>(make: () => Promise<V>): () => Promise<V> {
  let made: Promise<V> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
