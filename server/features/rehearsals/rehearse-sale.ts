import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id } from '../../../contract/ids.ts';
import type { Rehearsal } from '../../../contract/rehearsals.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { readPools } from '../inventory/read-pools.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { playInThread } from './play-in-thread.ts';
import { freePlaces, planOf, showRehearsal, type Wishes } from './rehearsals.ts';
import { findRehearsal, finishRehearsal, insertRehearsal, selectRehearsals } from './store.ts';

type RehearseCall = Pick<
  Call<{ eventId: EventId }, undefined, Wishes, 'team'>,
  'operation' | 'params' | 'caller' | 'body' | 'retry'
> &
  ActingCall;

/** Asks for a rehearsal of a sale. A job does it, and nothing of the event changes. */
export async function rehearseSale(app: App, call: RehearseCall): Promise<Rehearsal> {
  const { eventId } = call.params;
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  if (sale.status === 'cancelled') throw new Refused('event_cancelled');
  if ((await placesOf(app, sale)) === 0) throw new Refused('sold_out', { available: 0 });
  const { people, bots, peoplePerMinute, seed } = call.body;
  return once(app, call, async (trx) => {
    const wishes = { people, bots, peoplePerMinute, seed };
    const row = await insertRehearsal(trx, { id: app.newId('rehearsal'), eventId, wishes }, app.clock.now());
    if (!row) throw new Refused('rehearsal_under_way');
    noteAct(app, trx, call, {
      act: 'event.rehearsed',
      organisationId: sale.organisationId,
      subject: { type: 'event', id: eventId, title: sale.title },
      before: null,
      after: { people },
    });
    writeJobs(trx, [{ task: 'rehearse-sale', payload: { rehearsalId: row.id }, maxAttempts: 3 }]);
    return showRehearsal(row);
  });
}

export async function listRehearsals(
  app: App,
  { params: { eventId } }: { params: { eventId: EventId } },
): Promise<{ items: Rehearsal[] }> {
  return { items: (await selectRehearsals(app.db, eventId)).map(showRehearsal) };
}

/** The job: plays the sale, in a thread of its own, and writes the figures. A repeated job finds that it is done. */
export async function playRehearsal(
  app: App,
  { rehearsalId }: { rehearsalId: Id<'rehearsal'> },
): Promise<void> {
  const row = await findRehearsal(app.db, rehearsalId);
  const sale = row && (await readEventSale(app, row.eventId));
  if (row?.status !== 'waiting' || !sale) return;
  const room = await app.rooms.find(row.eventId);
  const plan = planOf(
    { ...sale, places: await placesOf(app, sale), windowSeconds: room?.window_seconds },
    row.wishes,
  );
  const figures = await playInThread(plan).catch((error: unknown) => {
    app.log.warn({ err: error, rehearsalId }, 'a rehearsal failed');
    return null;
  });
  await finishRehearsal(app.db, rehearsalId, figures, app.clock.now());
}

const placesOf = async (app: App, { eventId, ticketTypes }: EventSale): Promise<number> =>
  freePlaces(
    ticketTypes.filter(({ product }) => !product),
    (await readPools(app.db, [eventId], app.clock.now())).get(eventId) ?? [],
  );
