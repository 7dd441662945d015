import type { NewEvent } from '../../../contract/events.ts';
import { countSeatsByZone } from '../seating/seat-plan.ts';
import { stockPools } from './products.ts';

/** The part of an organiser's event that says what is sold. */
export type SaleDraft = Pick<
  NewEvent,
  'pools' | 'ticketTypes' | 'products' | 'promoCodes' | 'seatLayout' | 'bookingFee' | 'currency'
>;

type TicketTypeDraft = SaleDraft['ticketTypes'][number];

/** A pool that the inventory must count. */
export interface WantedPool {
  key: string;
  name: string;
  capacity: number;
}

/** The pool that counts the seats of a zone. */
export const zonePoolKey = (zone: string): string => `zone-${zone}`;
export const isZonePool = (key: string): boolean => key.startsWith('zone-');

/**
 * The pool that counts the tickets held and sold with a promo code, so that the code is not used more often than its
 * limit. No organiser's pool has a colon in its key.
 */
export const promoPoolKey = (code: string): string => `code:${code}`;
export const isPromoPool = (key: string): boolean => key.startsWith('code:');

/** The capacity of a promo code without a limit. */
const noLimit = 1_000_000_000;

/** All pools of an event: those that limit places, then one per variant of an extra and one per promo code. */
export const poolsOf = (draft: SaleDraft): WantedPool[] => [
  ...placePools(draft),
  ...stockPools(draft),
  ...draft.promoCodes.map(({ code, maxTickets }) => ({
    key: promoPoolKey(code),
    name: code,
    capacity: maxTickets ?? noLimit,
  })),
];

/** The pools that limit places: the organiser's own, then one per zone of the seat map. */
function placePools(draft: Pick<SaleDraft, 'pools' | 'seatLayout'>): WantedPool[] {
  const own = draft.pools.filter((pool) => !isZonePool(pool.key));
  if (!draft.seatLayout) return own;
  const counts = countSeatsByZone(draft.seatLayout);
  const zones = draft.seatLayout.zones.map((zone) => ({
    key: zonePoolKey(zone.key),
    name: zone.name,
    capacity: counts.get(zone.key) ?? 0,
  }));
  return [...own, ...zones];
}

/** The keys of the pools that each ticket of a type takes a place from. The pool of its zone comes first. */
export function poolKeysOf(type: Pick<TicketTypeDraft, 'zone' | 'pools'>): string[] {
  if (type.zone === null) return type.pools;
  const own = zonePoolKey(type.zone);
  return [own, ...type.pools.filter((key) => key !== own)];
}

/** The maximum number of tickets of a type: the capacity of its smallest pool. */
export function capacityOf(draft: Pick<SaleDraft, 'pools' | 'seatLayout'>, type: TicketTypeDraft): number {
  const capacities = new Map(placePools(draft).map((pool) => [pool.key, pool.capacity]));
  return Math.min(...poolKeysOf(type).map((key) => capacities.get(key) ?? 0));
}
