import type { DeviceDatabase } from '../device-database.ts';

/** The device's database as a Map. The one of a browser is tested in a browser (web/e2e/flight-door.e2e.ts). */
export function memoryDatabase() {
  const stores = new Map<string, Map<string, unknown>>();
  const at = (store: string) => {
    const found = stores.get(store) ?? new Map<string, unknown>();
    stores.set(store, found);
    return found;
  };
  const name = (key: unknown) => JSON.stringify([key].flat());
  const database = {
    isFull: false,
    keysOf: (store: string): (string | number)[][] => [...at(store).keys()].map((key) => JSON.parse(key)),
    get: async (store: string, key: unknown) => at(store).get(name(key)) as never,
    async put(store: string, key: unknown, value: unknown) {
      if (database.isFull) throw new DOMException('full', 'QuotaExceededError');
      at(store).set(name(key), value);
    },
    all: async (store: string, first: string) =>
      [...at(store)].filter(([key]) => JSON.parse(key)[0] === first).map(([, value]) => value) as never,
    keys: async (store: string) =>
      database.keysOf(store).flatMap(([first, ...rest]) => (rest.length ? [] : [first])),
    scopes: async (store: string) => [
      ...new Set(database.keysOf(store).flatMap(([first, ...rest]) => (rest.length ? String(first) : []))),
    ],
    async remove(store: string, keys: unknown[]) {
      for (const key of keys) at(store).delete(name(key));
    },
    async removeAll(store: string, first: string) {
      for (const key of at(store).keys()) if (JSON.parse(key)[0] === first) at(store).delete(key);
    },
    generation: () => 1,
  };
  return database as DeviceDatabase & Pick<typeof database, 'isFull' | 'keysOf'>;
}
