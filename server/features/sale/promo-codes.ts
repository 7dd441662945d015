import type { EventId, PoolId } from '../../../contract/ids.ts';
import { promoPoolKey, type SaleDraft } from './pools.ts';

/** A promo code as it is stored, column by column. */
export interface PromoCodeRow {
  event_id: EventId;
  code: string;
  position: number;
  percent_off: number | null;
  amount_off_minor: number | null;
  max_tickets: number | null;
  valid_until: Date | null;
  pool_id: PoolId;
}

/** Converts the promo codes of a draft to rows. */
export const promoRows = (
  eventId: EventId,
  { promoCodes }: Pick<SaleDraft, 'promoCodes'>,
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

/** Converts a stored code back to what its organiser would write now. */
export const promoDraft = (row: PromoCodeRow): SaleDraft['promoCodes'][number] => ({
  code: row.code,
  percentOff: row.percent_off,
  amountOffMinor: row.amount_off_minor,
  maxTickets: row.max_tickets,
  validUntil: row.valid_until?.toISOString() ?? null,
});
