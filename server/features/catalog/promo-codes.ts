import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId, PoolId } from '../../../contract/ids.ts';
import { type Pool, promoPoolKey } from '../inventory/inventory.ts';
import type { EventDraft } from './draft.ts';
import type { PromoCodeRow } from './promo-store.ts';

/** What stands for as many tickets as there are. */
const noLimit = 1_000_000_000;

/** What the inventory must count so that no code is used more often than it may. */
export const promoPools = ({ promoCodes }: Pick<EventDraft, 'promoCodes'>) =>
  promoCodes.map(({ code, maxTickets }) => ({
    key: promoPoolKey(code),
    name: code,
    capacity: maxTickets ?? noLimit,
  }));

export const promoRows = (
  eventId: EventId,
  { promoCodes }: Pick<EventDraft, 'promoCodes'>,
  poolIds: Map<string, PoolId>,
): PromoCodeRow[] =>
  promoCodes.map((promo, position) => ({
    event_id: eventId,
    code: promo.code,
    position,
    percent_off: promo.percentOff,
    amount_off_minor: promo.amountOffMinor,
    max_tickets: promo.maxTickets,
    valid_until: promo.validUntil === null ? null : new Date(promo.validUntil),
    pool_id: poolIds.get(promoPoolKey(promo.code)) as PoolId,
  }));

/** The way back: a stored code as its organiser would write it now. */
export const promoDraft = (row: PromoCodeRow): EventDraft['promoCodes'][number] => ({
  code: row.code,
  percentOff: row.percent_off,
  amountOffMinor: row.amount_off_minor,
  maxTickets: row.max_tickets,
  validUntil: row.valid_until?.toISOString() ?? null,
});

/** The same with how much of it is taken. */
export function toManagedCode(row: PromoCodeRow, pools: Pool[]): ManagedEvent['promoCodes'][number] {
  const pool = pools.find(({ id }) => id === row.pool_id);
  return { ...promoDraft(row), held: pool?.held ?? 0, sold: pool?.sold ?? 0 };
}
