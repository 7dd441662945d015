import { randomFillSync } from 'node:crypto';
import { type Id, type IdKind, makeId } from '../contract/ids.ts';
import type { Clock } from './clock.ts';

export type NewId = <K extends IdKind>(kind: K) => Id<K>;

/** Makes ids. Each needs ten random bytes, and asking the system for 4 KiB at a time makes them nearly free. */
export function createNewId(clock: Clock): NewId {
  const pool = new Uint8Array(4090);
  let used = pool.length;
  return (kind) => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += 10;
    return makeId(kind, clock.now().getTime(), pool.subarray(used - 10, used));
  };
}
