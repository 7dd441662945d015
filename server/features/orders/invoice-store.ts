import type { EventId, OrderId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Currency } from '../../../contract/money.ts';
import type { InvoiceAddress } from '../../../contract/parties.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import type { StoredSoldAs } from './sold-as.ts';

/** What documents are made from. */
export interface InvoicedOrder {
  id: OrderId;
  eventId: EventId;
  buyerId: UserId;
  buyerName: string;
  lines: HoldLine[];
  totalMinor: number;
  currency: Currency;
  language: Language;
  soldAs: StoredSoldAs;
  /** Null until the order is confirmed. */
  confirmedAt: Date | null;
  invoiceAddress: InvoiceAddress | null;
}

// Locks in the order of the ids, as every transaction that locks several orders. A batch of the ledger that refunds one of
// them waits, so its refund is seen by this transaction or by the next one.
const lockSql = `
  select id, event_id as "eventId", buyer_id as "buyerId", buyer_name as "buyerName", lines, total_minor as "totalMinor",
    currency, language, sold_as as "soldAs", confirmed_at as "confirmedAt", invoice_address as "invoiceAddress"
  from orders where id = any($1::text[]) order by id for no key update`;
export const lockToInvoice = (trx: Transaction, orderIds: OrderId[]): Promise<InvoicedOrder[]> =>
  trx.query<InvoicedOrder>(lockSql, [orderIds]);

const findSql = `select invoice_address as address from orders where id = $1`;
export const findInvoiceAddress = async (db: Queryable, orderId: OrderId): Promise<InvoiceAddress | null> =>
  (await db.query<{ address: InvoiceAddress | null }>(findSql, [orderId]))[0]?.address ?? null;

const updateSql = `update orders set invoice_address = $2 where id = $1`;
export const updateInvoiceAddress = (trx: Writes, orderId: OrderId, address: InvoiceAddress): void =>
  trx.write(updateSql, [orderId, JSON.stringify(address)]);
