import type { Broadcast } from '../../../contract/broadcasts.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { showBroadcast } from './broadcasts.ts';
import { countMails, selectBroadcasts } from './broadcasts-store.ts';

/** Lists what an organiser has written to the people with tickets, and what became of the mails. */
export async function listBroadcasts(
  app: App,
  call: { params: { eventId: EventId } },
): Promise<{ items: Broadcast[] }> {
  const rows = await selectBroadcasts(app.db, call.params.eventId);
  const counts = await countMails(
    app.db,
    rows.map(({ id }) => id),
  );
  return {
    items: rows.map((row) =>
      showBroadcast(
        row,
        counts.filter(({ id }) => id === row.id),
      ),
    ),
  };
}
