import type { App } from '../../app.ts';
import { expireDue } from './store.ts';
import { writeTransferMails } from './transfer-mails.ts';

/** Transfers per transaction. */
const portion = 200;

/**
 * Records which offers nobody has accepted in time, and tells their senders. Nobody can accept an offer that is past its
 * time, even before this job has run.
 */
export async function expireTransfers(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  for (;;) {
    const ended = await app.db.transaction(async (trx) => {
      const due = await expireDue(trx, app.clock.now(), portion);
      const expired = due.filter(({ endedAs }) => endedAs === 'expired');
      writeTransferMails(
        trx,
        expired.map(({ id }) => ({ kind: 'ticket-offer-ended', transferId: id, as: 'expired' })),
      );
      return due.length;
    });
    if (ended < portion) return;
  }
}
