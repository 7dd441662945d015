import type { SeatMapId, TransferId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';

/** How an offer ends that nobody has accepted. */
export type OfferEnd = 'declined' | 'withdrawn' | 'expired';

/** A mail about a ticket that changes hands. Its text is made from the transfer when it is sent (notifications/). */
export type TransferMail =
  /** To the recipient of the offer; to the sender after the acceptance; to the new holder, with the ticket. */
  | { kind: 'ticket-offered' | 'ticket-passed-on' | 'ticket-received'; transferId: TransferId }
  /** Withdrawn: to the recipient. Declined or expired: to the sender. */
  | { kind: 'ticket-offer-ended'; transferId: TransferId; as: OfferEnd }
  /** To the holder: somebody has cancelled the ticket. */
  | { kind: 'held-ticket-ended'; transferId: TransferId; by: 'holder' | 'organiser' | 'event' }
  | { kind: 'held-ticket-moved'; transferId: TransferId }
  | { kind: 'held-seats-changed'; transferId: TransferId; mapId: SeatMapId }
  | { kind: 'held-ticket-reminder'; transferId: TransferId; hoursAhead: number };

/** Enqueues mails in the transaction that causes them. The mailer sends each once, by its key (notifications/). */
export const writeTransferMails = (trx: Writes, mails: TransferMail[]): void =>
  writeJobs(
    trx,
    mails.map((mail) => ({ task: 'send-mail', payload: { ...mail } })),
  );
