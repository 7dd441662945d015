import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectTakenCodes } from './voucher-store.ts';

/** Reads which of these codes are vouchers of the event, at most 20. A promo code with such a name would hide the voucher. */
export const readTakenCodes = (db: Queryable, eventId: EventId, codes: string[]): Promise<string[]> =>
  selectTakenCodes(db, eventId, codes);
