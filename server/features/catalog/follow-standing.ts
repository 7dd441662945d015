import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import { readStanding } from '../organisations/standing.ts';
import { deleteStop, insertStop, selectPreparation } from './preparation-store.ts';
import { endSuspendedSale, noteSuspendedSale, selectOnSale, selectSuspendedSales } from './removal-store.ts';
import { lockEvent, updateEventRow } from './store.ts';

/**
 * Makes the sales of an organisation follow its standing: a suspension stops them, and its end lets those go on that it stopped.
 * Each event is a transaction of its own. The job may run at any time and any number of times.
 */
export async function followStanding(
  app: App,
  { organisationId }: { organisationId: OrganisationId },
): Promise<void> {
  const standing = await readStanding(app.db, organisationId);
  if (standing?.suspendedAt) {
    for (const eventId of await selectOnSale(app.db, organisationId, app.clock.now()))
      await stop(app, eventId);
    // A restored event may have left the list between two runs, and a lift may have come since.
    const now = await readStanding(app.db, organisationId);
    if (now?.suspendedAt) return;
  }
  for (const eventId of await selectSuspendedSales(app.db, organisationId)) await resume(app, eventId);
}

async function stop(app: App, eventId: EventId): Promise<void> {
  await app.db.transaction(async (trx) => {
    const row = await lockEvent(trx, eventId);
    const now = app.clock.now();
    if (row?.status !== 'published' || (row.sale_ends_at ?? row.ends_at) <= now) return;
    const { stopped_at } = await selectPreparation(trx, eventId);
    if (stopped_at) return;
    await insertStop(trx, eventId, { stoppedAt: now, saleEndsAt: row.sale_ends_at });
    noteSuspendedSale(trx, eventId);
    await updateEventRow(trx, { ...row, version: row.version + 1, sale_ends_at: now });
  });
  invalidate(app.caches, { kind: 'event_listed', eventId });
}

async function resume(app: App, eventId: EventId): Promise<void> {
  await app.db.transaction(async (trx) => {
    const row = await lockEvent(trx, eventId);
    if (!row || (await endSuspendedSale(trx, eventId)) === 0) return;
    const { stopped_at, sale_ends_at } = await selectPreparation(trx, eventId);
    if (!stopped_at) return;
    await deleteStop(trx, eventId);
    await updateEventRow(trx, { ...row, version: row.version + 1, sale_ends_at });
  });
  invalidate(app.caches, { kind: 'event_listed', eventId });
}
