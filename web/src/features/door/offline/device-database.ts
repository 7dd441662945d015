/*
 * A small IndexedDB: whole values by key, each write durable before its promise resolves. A full or forbidden disk rejects,
 * and the caller decides what that means.
 */
const stores = ['keys', 'manifests', 'deltas', 'scans', 'recent', 'devices', 'clock'] as const;
type Store = (typeof stores)[number];
type Key = string | (string | number)[];

export interface DeviceDatabase {
  get<T>(store: Store, key: Key): Promise<T | undefined>;
  put(store: Store, key: Key, value: unknown): Promise<void>;
  /** All values whose keys begin with this text, in the order of the keys. */
  all<T>(store: Store, first: string): Promise<T[]>;
  /** The keys of the values that have a text as their key. */
  keys(store: Store): Promise<string[]>;
  /** The different texts with which the keys of several parts begin. */
  scopes(store: Store): Promise<string[]>;
  /** Deletes these keys in one transaction. */
  remove(store: Store, keys: Key[]): Promise<void>;
  removeAll(store: Store, first: string): Promise<void>;
  /** Another number if somebody has deleted the database, with everything in it, and it was made anew. */
  generation(): number;
}

const name = 'admit-door';

export async function openDeviceDatabase(): Promise<DeviceDatabase> {
  let database = await open();
  let generation = 1;
  async function run<T>(...asked: Parameters<typeof once<T>>): Promise<T> {
    try {
      return await once(...asked);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      database = await open();
      generation++;
      return once(...asked);
    }
  }
  async function once<T>(
    store: Store,
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<T> | undefined,
  ): Promise<T> {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const request = ask(transaction.objectStore(store));
    await new Promise<void>((done, fail) => {
      transaction.oncomplete = () => done();
      transaction.onerror = transaction.onabort = () => fail(transaction.error ?? request?.error);
    });
    return request?.result as T;
  }
  return {
    generation: () => generation,
    get: (store, key) => run(store, 'readonly', (at) => at.get(key)),
    put: async (store, key, value) => void (await run(store, 'readwrite', (at) => at.put(value, key))),
    all: (store, first) => run(store, 'readonly', (at) => at.getAll(rangeOf(first))),
    keys: async (store) =>
      (await run(store, 'readonly', (at) => at.getAllKeys())).filter((key) => typeof key === 'string'),
    async scopes(store) {
      const firsts = (await run(store, 'readonly', (at) => at.getAllKeys())).map((key) =>
        Array.isArray(key) ? key[0] : null,
      );
      return [...new Set(firsts)].filter((first) => typeof first === 'string');
    },
    remove: async (store, keys) =>
      void (await run(store, 'readwrite', (at) => {
        for (const key of keys) at.delete(key);
        return undefined;
      })),
    removeAll: async (store, first) =>
      void (await run(store, 'readwrite', (at) => at.delete(rangeOf(first)))),
  };
}

const rangeOf = (first: string) => IDBKeyRange.bound([first], [first, []]);

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      // Another tab that deletes the database must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error('another tab blocks the database'));
  });
}
