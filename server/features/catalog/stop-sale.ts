import { Refused } from '../../../contract/errors.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { once } from '../../http/idempotency.ts';
import { refuseSuspended } from '../organisations/standing.ts';
import { changeListed } from './change-listed.ts';
import { readManaged } from './get-managed-event.ts';
import { lockVersion } from './lock-version.ts';
import { refuseCancelled } from './mark-cancelled.ts';
import { deleteStop, insertStop, selectPreparation } from './preparation-store.ts';
import type { PublicationCall } from './publish-event.ts';
import { type EventRow, updateEventRow } from './store.ts';

/**
 * Takes an event off sale: its sale ends now, and the row of the stop remembers when it would have ended. The raised version makes
 * every process and every ledger batch read it before the next place is sold. An event whose sale is stopped is returned unchanged.
 * Throws Refused('event_cancelled'), and 'event_not_on_sale' for a draft and after the end of the sale.
 */
export function stopSale(app: App, call: PublicationCall): Promise<ManagedEvent> {
  const { eventId } = call.params;
  const change = () =>
    once(app, call, async (trx) => {
      const row = await lockVersion(trx, eventId, call.ifMatch);
      refuseCancelled(row);
      const { stopped_at } = await selectPreparation(trx, eventId);
      if (!stopped_at) {
        const now = app.clock.now();
        if (row.status !== 'published' || (row.sale_ends_at ?? row.ends_at) <= now)
          throw new Refused('event_not_on_sale');
        await insertStop(trx, eventId, { stoppedAt: now, saleEndsAt: row.sale_ends_at });
        await setEnd(app, trx, row, now, call);
      }
      return readManaged(app, trx, eventId);
    });
  return changeListed(app, eventId, change);
}

/** Puts an event on sale again, until the end of sale that it had. An event whose sale was not stopped is returned unchanged. Throws Refused('organisation_suspended'). */
export function resumeSale(app: App, call: PublicationCall): Promise<ManagedEvent> {
  const { eventId } = call.params;
  const change = () =>
    once(app, call, async (trx) => {
      const row = await lockVersion(trx, eventId, call.ifMatch);
      refuseCancelled(row);
      const { stopped_at, sale_ends_at } = await selectPreparation(trx, eventId);
      if (stopped_at) {
        await refuseSuspended(trx, row.organisation_id);
        await deleteStop(trx, eventId);
        await setEnd(app, trx, row, sale_ends_at, call);
      }
      return readManaged(app, trx, eventId);
    });
  return changeListed(app, eventId, change);
}

async function setEnd(
  app: App,
  trx: Transaction,
  row: EventRow,
  saleEndsAt: Date | null,
  call: PublicationCall,
): Promise<void> {
  await updateEventRow(trx, { ...row, version: row.version + 1, sale_ends_at: saleEndsAt });
  noteAct(app, trx, call, {
    act: call.operation === 'stopSale' ? 'event.taken_off_sale' : 'event.put_on_sale',
    organisationId: row.organisation_id,
    subject: { type: 'event', id: row.id, title: row.title },
    before: { saleEndsAt: row.sale_ends_at?.toISOString() ?? null },
    after: { saleEndsAt: saleEndsAt?.toISOString() ?? null },
  });
}
