import type { BankAccount, LaterTerms, LaterWay, UnpaidLimits } from '../../../contract/pay-way-fields.ts';
import type { HoldRecord } from '../inventory/inventory.ts';
import { hasResale } from '../inventory/resale.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import type { EventSale } from '../sale/event-sale.ts';

/** A way to pay later that is offered for a hold now. */
export interface OfferedWay {
  way: LaterWay;
  /** Until when the places stay held. */
  until: Date;
  account: BankAccount;
  limits: UnpaidLimits;
}

/** What an event offers, and the account of its organisation. */
interface OfferedTerms {
  account: BankAccount | null;
  bankTransfer: LaterTerms | null;
  unpaid: UnpaidLimits;
}

const hourMs = 3_600_000;

/** A transfer within a country takes a working day. With less time than this the way is not offered. */
const leastMs = 24 * hourMs;

/**
 * Decision: in which ways the buyer of a hold may pay later at `now`. The places stay held for the days of the terms, and never
 * longer than their bound before the start. An exchange and a ticket on resale are paid at once, because somebody else waits.
 */
export function offeredWays(
  hold: Pick<HoldRecord, 'lines' | 'totalMinor'>,
  { startsAt }: Pick<EventSale, 'startsAt'>,
  { account, bankTransfer, unpaid }: OfferedTerms,
  now: Date,
): OfferedWay[] {
  if (!account || !bankTransfer || hold.totalMinor === 0) return [];
  if (hold.totalMinor < bankTransfer.fromMinor || tradeInOf(hold) || hasResale(hold)) return [];
  const untilMs = Math.min(
    now.getTime() + bankTransfer.days * 24 * hourMs,
    startsAt.getTime() - bankTransfer.hoursBefore * hourMs,
  );
  if (untilMs - now.getTime() < leastMs) return [];
  return [{ way: 'bank_transfer', until: new Date(untilMs), account, limits: unpaid }];
}
