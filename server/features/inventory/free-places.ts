import type { PoolId } from '../../../contract/ids.ts';
import type { SaleStep, SaleTicketType } from '../sale/event-sale.ts';
import type { Pool } from './inventory.ts';

type Counts = Pick<Pool, 'capacity' | 'held' | 'sold' | 'kept' | 'blocked'>;

/** How many places of a pool are on sale: not held, sold, kept for the waitlist or blocked by the team. */
export const freeIn = ({ capacity, held, sold, kept, blocked }: Counts): number =>
  capacity - held - sold - kept - blocked;

/** How many places a ticket type can still sell: those left in the scarcest of its pools. */
export const availableIn = (pools: (Counts | undefined)[]): number =>
  Math.max(0, Math.min(...pools.map((pool) => (pool ? freeIn(pool) : 0))));

type PoolsById = { get(id: PoolId): Counts | undefined };

/** How many tickets a price step can still sell; null if their number does not end it. */
export function leftOfStep({ places, poolId }: SaleStep, pools: PoolsById): number | null {
  if (places === null) return null;
  const pool = pools.get(poolId);
  // `kept` of such a pool means nothing: nobody waits for a price.
  return pool ? Math.max(0, pool.capacity - pool.held - pool.sold) : 0;
}

/** What the public sees of a ticket type's places, and of its price steps if it has any. */
export function shownPlaces(
  { id, poolIds, steps }: Pick<SaleTicketType, 'id' | 'poolIds' | 'steps'>,
  pools: PoolsById,
): { id: SaleTicketType['id']; available: number; steps?: (number | null)[] } {
  return {
    id,
    available: availableIn(poolIds.map((poolId) => pools.get(poolId))),
    ...(steps && { steps: steps.map((step) => leftOfStep(step, pools)) }),
  };
}
