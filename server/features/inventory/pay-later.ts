import type { EventId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { BankAccount, LaterWay, UnpaidLimits } from '../../../contract/pay-way-fields.ts';
import type { Queryable } from '../../data/db.ts';
import type { Submitted } from './batch.ts';
import { type HoldRecord, type Refusal, refuse } from './inventory.ts';
import type { Mark } from './marks.ts';
import { isGuestNetwork } from './marks.ts';
import type { Batch } from './state.ts';

/** How an order is paid whose places stay held for days (docs/bank-transfers.md). */
export interface PayLater {
  way: LaterWay;
  /** Until when the buyer may pay. */
  until: Date;
  /** What the buyer is told, and whom the money belongs to. */
  account: BankAccount;
  organisationId: OrganisationId;
  reference: string;
  limits: UnpaidLimits;
}

/** The places of one order that waits for its money. */
export interface Unpaid {
  buyerId: UserId;
  mailbox: Mark | null;
  network: Mark | null;
  places: number;
}

// Read by batches with an order that is paid later, and by no others. The limits bound how many rows there are. Names the table of bank-transfers,
// which says which holds wait for money.
const unpaidSql = `
  select holds.event_id as "eventId", buyer_id as "buyerId", mailbox, network, greatest(places, 1) as places
  from awaited_transfers
  join holds on holds.id = 'hld_' || substr(awaited_transfers.order_id, 5) and holds.event_id = awaited_transfers.event_id
  where awaited_transfers.event_id = any($1::text[]) and pay_until > $2::timestamptz - interval '1 day' and status = 'active'`;

/** Reads what waits for money in the events of these commands, by event. */
export async function readUnpaid(
  trx: Queryable,
  submitted: Submitted[],
  now: Date,
): Promise<Map<EventId, Unpaid[]>> {
  const eventIds = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'order' && command.order.later ? [eventId] : [],
  );
  if (eventIds.length === 0) return new Map();
  const rows = await trx.query<Unpaid & { eventId: EventId }>(unpaidSql, [[...new Set(eventIds)], now]);
  return Map.groupBy(rows, (row) => row.eventId);
}

/**
 * Decision: refuses an order that is paid later if too many places would wait for money: of one buyer, of one network, or of the
 * event. Holding places for days costs nothing, so without these limits one person could block a house.
 */
export function overUnpaid(
  batch: Batch,
  hold: HoldRecord,
  mailbox: Mark,
  limits: UnpaidLimits,
): Refusal | null {
  const unpaid = batch.state.unpaid ?? [];
  const places = Math.max(1, hold.places);
  const over = (of: 'buyer' | 'network' | 'event', limit: number, isOne: (other: Unpaid) => boolean) => {
    const have = unpaid.filter(isOne).reduce((sum, other) => sum + other.places, 0);
    return have + places > limit ? refuse('too_many_unpaid', { of, limit, have }) : null;
  };
  const network = hold.network === null ? null : evenOf(hold.network);
  return (
    over('buyer', limits.perBuyer, (other) => other.buyerId === hold.buyerId || other.mailbox === mailbox) ??
    over(
      'network',
      limits.perNetwork,
      (other) => network !== null && other.network !== null && evenOf(other.network) === network,
    ) ??
    over('event', limits.inAll, () => true)
  );
}

/** Guests and accounts of one network count together here. */
const evenOf = (network: Mark): number => (isGuestNetwork(network) ? network - 1 : network);

/** Notes an order that waits for money, so that the next command of the batch counts it. */
export function noteUnpaid({ state }: Batch, hold: HoldRecord): void {
  const { buyerId, mailbox, network } = hold;
  state.unpaid = [...(state.unpaid ?? []), { buyerId, mailbox, network, places: Math.max(1, hold.places) }];
}
