import type { Writes } from '../../data/db.ts';
import { refreshPassesOfTicket } from '../../work/pass-jobs.ts';
import { type LockedTicket, updateAttendee } from './holder-store.ts';

/** Writes another attendee's name. The caller has locked the ticket. */
export function renameTicket(trx: Writes, { id, eventId }: LockedTicket, name: string): void {
  updateAttendee(trx, id, eventId, name);
  refreshPassesOfTicket(trx, id);
}
