import type { OrderId } from '../../../contract/ids.ts';
import type { InvoiceAddress } from '../../../contract/parties.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import {
  findInvoiceAddress,
  type InvoicedOrder,
  lockToInvoice,
  updateInvoiceAddress,
} from './invoice-store.ts';

export type { InvoicedOrder } from './invoice-store.ts';

/** Locks orders and reads what their receipts and invoices are made from, for other features. */
export const lockInvoicedOrders = (trx: Transaction, orderIds: OrderId[]): Promise<InvoicedOrder[]> =>
  lockToInvoice(trx, orderIds);

export const readInvoiceAddress = (db: Queryable, orderId: OrderId): Promise<InvoiceAddress | null> =>
  findInvoiceAddress(db, orderId);

/** Changes whom the next invoice of an order names. The caller has locked the order. */
export const setInvoiceAddress = (trx: Writes, orderId: OrderId, address: InvoiceAddress): void =>
  updateInvoiceAddress(trx, orderId, address);
