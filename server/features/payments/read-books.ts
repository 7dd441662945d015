import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type BalanceRow, type BookEntryRow, selectBalances, selectEntries } from './books-store.ts';

export type { BookEntryRow } from './books-store.ts';

/** The entries of the money ledger for these orders, in the order in which they were booked. */
export const listBookEntries = (db: Queryable, orderIds: OrderId[]): Promise<BookEntryRow[]> =>
  selectEntries(db, orderIds);

/** What is on each type of account for all orders of an organisation, per currency. */
export const readBalances = (db: Queryable, organisationId: OrganisationId): Promise<BalanceRow[]> =>
  selectBalances(db, organisationId);
