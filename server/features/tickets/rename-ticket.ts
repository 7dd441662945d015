import type { Writes } from '../../data/db.ts';
import { type LockedTicket, updateAttendee } from './holder-store.ts';

/** Writes another attendee's name. The caller has locked the ticket. */
export const renameTicket = (trx: Writes, { id, eventId }: LockedTicket, name: string): void =>
  updateAttendee(trx, id, eventId, name);
