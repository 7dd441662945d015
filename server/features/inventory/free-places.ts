import type { Pool } from './inventory.ts';

type Counts = Pick<Pool, 'capacity' | 'held' | 'sold' | 'kept' | 'blocked'>;

/** How many places of a pool are on sale: not held, sold, kept for the waitlist or blocked by the team. */
export const freeIn = ({ capacity, held, sold, kept, blocked }: Counts): number =>
  capacity - held - sold - kept - blocked;

/** How many places a ticket type can still sell: those left in the scarcest of its pools. */
export const availableIn = (pools: (Counts | undefined)[]): number =>
  Math.max(0, Math.min(...pools.map((pool) => (pool ? freeIn(pool) : 0))));
