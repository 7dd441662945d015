import type { EventId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import type { LineEntry } from '../inventory/line.ts';
import type { Facts } from '../inventory/state.ts';
import { writeMails } from '../orders/order-mails.ts';
import type { CancelledLineMailJob, LineMailJob, OfferMailJob } from './waitlist-letter.ts';

/** Enqueues mails to people in the line of one event in the transaction that causes them. */
export const writeLineMails = (trx: Writes, eventId: EventId, jobs: LineMailJob[]): void =>
  writeMails(trx, eventId, jobs);

/** The mail about an offer. */
export const offerMailOf = ({ id, holdId }: Pick<LineEntry, 'id' | 'holdId'>): OfferMailJob => ({
  kind: 'waitlist-offer',
  entryId: id,
  ...(holdId && { holdId }),
});

/** The mails to those who waited for a cancelled event: one for each person. */
export function cancelledLineMails(eventId: EventId, gone: Facts['waitedInVain']): CancelledLineMailJob[] {
  const byPerson = new Map(gone.map((each) => [each.entry.buyerId, each]));
  return [...byPerson.values()].map(({ entry, email }) => ({
    kind: 'event-cancelled',
    entryId: entry.id,
    eventId,
    userId: entry.buyerId,
    ...(email !== null && { email }),
  }));
}
