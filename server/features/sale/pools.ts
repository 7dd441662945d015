import type { NewEvent } from '../../../contract/events.ts';
import type { PriceStepId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
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

/** The pool that counts the tickets held and sold at a price step, so that it never sells more than its number. */
export const stepPoolKey = (id: PriceStepId): string => `step:${id}`;

/** True for a pool that counts tickets and no places: of a promo code or of a price step. */
export const isCounter = (key: string): boolean => isPromoPool(key) || key.startsWith('step:');

/** The capacity of a promo code or a price step without a limit. */
const noLimit = 1_000_000_000;

/**
 * All pools of an event: those that limit places, then one per variant of an extra, one per promo code and one per price
 * step.
 */
export const poolsOf = (draft: SaleDraft): WantedPool[] => [
  ...placePools(draft),
  ...stockPools(draft),
  ...draft.promoCodes.map(({ code, maxTickets }) => ({
    key: promoPoolKey(code),
    name: code,
    capacity: maxTickets ?? noLimit,
  })),
  ...draft.ticketTypes.flatMap((type) =>
    type.priceSteps.flatMap(({ id, name, places }) =>
      id ? [{ key: stepPoolKey(id), name: name || type.name, capacity: places ?? noLimit }] : [],
    ),
  ),
];

/** Gives each new price step of a draft its id, by which its tickets are counted from now on. */
export const withStepIds = <Draft extends Pick<SaleDraft, 'ticketTypes'>>(
  app: Pick<App, 'newId'>,
  draft: Draft,
): Draft => ({
  ...draft,
  ticketTypes: draft.ticketTypes.map((type) => ({
    ...type,
    priceSteps: type.priceSteps.map((step) => ({ ...step, id: step.id ?? app.newId('priceStep') })),
  })),
});

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
