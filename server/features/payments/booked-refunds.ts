import type { Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { Split } from '../sale/split.ts';

/** A refund of money that had bought tickets, as the money ledger has it. */
export interface BookedRefund {
  orderId: OrderId;
  transferId: Id<'transfer'>;
  at: Date;
  split: Split;
  /** For which tickets the money went back, by their positions in the order; null if nobody said. */
  shares: { position: number; minor: number }[] | null;
}

// The tables of orders say for which tickets a refund is (`cancellations.shares`): one statement, because this runs while the
// organisation's counter of documents may be locked. The buyer's own account has money that bought nothing, so it is no part of a sale. A refund
// that repeats one that failed has its credit note already. The ids sort by time.
const selectSql = `
  select order_id as "orderId", id as "transferId", min(created_at) as at, shares,
    coalesce(sum(amount_minor) filter (where debit like 'organiser:%'), 0) as organiser,
    coalesce(sum(amount_minor) filter (where debit like 'tax:%' and debit <> 'tax:platform'), 0) as tax,
    coalesce(sum(amount_minor) filter (where debit = 'fee:platform'), 0) as fee,
    coalesce(sum(amount_minor) filter (where debit = 'tax:platform'), 0) as fee_tax
  from (
    select transfers.order_id, transfers.id, debit, transfers.amount_minor, transfers.created_at, cancellations.shares
    from transfers
    left join refunds on refunds.id = 'rfd_' || substr(transfers.id, 5) and refunds.event_id = transfers.event_id
    left join cancellations
      on cancellations.id = refunds.cancellation_id and cancellations.event_id = refunds.event_id
    where transfers.order_id = any($1::text[]) and kind in ('refund', 'refund_outside')
      and split_part(debit, ':', 1) in ('organiser', 'tax', 'fee')
      and refunds.repeats is null
  ) as entry
  group by order_id, id, shares
  order by order_id, id`;

interface Row {
  orderId: OrderId;
  transferId: Id<'transfer'>;
  at: Date;
  organiser: number;
  tax: number;
  fee: number;
  fee_tax: number;
  shares: BookedRefund['shares'];
}

/** Reads the refunds of these orders from the money ledger, each with its parts, the oldest first. */
export const readBookedRefunds = async (db: Queryable, orderIds: OrderId[]): Promise<BookedRefund[]> =>
  (await db.query<Row>(selectSql, [orderIds])).map((row) => ({
    orderId: row.orderId,
    transferId: row.transferId,
    at: row.at,
    shares: row.shares,
    split: {
      organiserMinor: row.organiser,
      taxMinor: row.tax,
      feeMinor: row.fee,
      feeTaxMinor: row.fee_tax,
    },
  }));
