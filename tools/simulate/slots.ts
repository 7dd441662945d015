import type { Model, ModelHold } from './model.ts';

/* Who has which place: the name of a hold in each slot of a pool, and at each seat. */

const nobody = '';

/** Gives a hold its places. Returns what is wrong if they are not free, or null. */
export function occupy(model: Model, hold: ModelHold): string | null {
  for (const line of hold.lines) {
    for (const pool of line.pools) {
      const slots = model.slots.get(pool) ?? [];
      for (let left = line.quantity; left > 0; left--) {
        const free = slots.indexOf(nobody);
        if (free === -1) return `${hold.id} takes a place of ${pool} that is not there`;
        slots[free] = hold.id;
      }
    }
    for (const seat of line.seats ?? []) {
      if (model.seats[seat] !== nobody) return `${hold.id} takes the seat ${seat} of ${model.seats[seat]}`;
      model.seats[seat] = hold.id;
    }
  }
  return null;
}

export function vacate(model: Model, hold: ModelHold): void {
  for (const slots of model.slots.values()) rubOut(slots, hold.id);
  rubOut(model.seats, hold.id);
}

function rubOut(names: string[], name: string): void {
  for (let i = 0; i < names.length; i++) if (names[i] === name) names[i] = nobody;
}

/** Changes a capacity for the organiser. Returns false if more places are taken. */
export function resize(model: Model, pool: string, capacity: number): boolean {
  const taken = (model.slots.get(pool) ?? []).filter((name) => name !== nobody);
  if (taken.length > capacity) return false;
  model.slots.set(pool, [...taken, ...Array(capacity - taken.length).fill(nobody)]);
  return true;
}
