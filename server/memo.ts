/*
 * What a pure function remembers. Its answers depend on nothing but its arguments, so they are never wrong, and it does
 * not matter which App asked first. What may become wrong belongs into App.caches (caches.ts).
 */

/** Remembers answers by a key. Beyond the most, all are forgotten: cheaper than to note which was used last. */
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

/** Remembers one answer for each object, for as long as the object lives. */
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

/** Makes something once, when it is first needed. What fails is tried again by the next who needs it. */
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
