import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { ManagedPass, Pass } from '../../../contract/passes.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { availableIn } from '../inventory/free-places.ts';
import { readPools } from '../inventory/read-pools.ts';
import { readPool } from '../inventory/set-capacity.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { mayInEvent } from '../sale/event-team.ts';
import { passPool } from './keep-places.ts';
import { countBrought, type PassDate, selectDates, selectKept, selectPass } from './store.ts';

/** Reads which dates a pass opens. Throws Refused('not_found') if the event is no pass, or a draft. */
export async function getPass(app: App, call: { params: { eventId: EventId } }): Promise<Pass> {
  const { eventId } = call.params;
  const sale = await readEventSale(app, eventId);
  if (!sale?.isPass || sale.status === 'draft') throw new Refused('not_found');
  const dates = await selectDates(app.db, eventId);
  return { eventId, dates: dates.filter(({ status }) => status !== 'draft').map(showDate) };
}

export const getManagedPass = (
  app: App,
  call: { caller: Caller; params: { eventId: EventId } },
): Promise<ManagedPass> => readManagedPass(app, call.caller, call.params.eventId);

/** Reads a pass for a member of its team, with the dates that the member may read. */
export async function readManagedPass(app: App, caller: Caller, passId: EventId): Promise<ManagedPass> {
  const [pass, pool, all, kept, brought] = await Promise.all([
    selectPass(app.db, passId),
    readPool(app.db, passId, passPool),
    selectDates(app.db, passId),
    selectKept(app.db, passId),
    countBrought(app.db, passId),
  ]);
  if (!pass || !pool) throw new Refused('not_found');
  const mayRead = await Promise.all(
    all.map(({ eventId }) => mayInEvent(app, caller, eventId, 'events.read')),
  );
  const dates = all.filter((_, i) => mayRead[i]);
  const free = await freeOf(app, dates);
  return {
    eventId: passId,
    places: pool.capacity,
    sold: pool.sold,
    held: pool.held,
    changing: pass.changingTo !== null,
    dates: dates.map((date) => {
      const ofDate = <T extends { eventId: EventId }>(rows: T[]) =>
        rows.find(({ eventId }) => eventId === date.eventId);
      return {
        ...showDate(date),
        ticketTypeId: date.ticketTypeId,
        free: free.get(date.eventId) ?? 0,
        kept: ofDate(kept)?.lines[0]?.quantity ?? 0,
        tickets: ofDate(brought)?.tickets ?? 0,
        admitted: ofDate(brought)?.admitted ?? 0,
      };
    }),
  };
}

async function freeOf(app: App, dates: PassDate[]): Promise<Map<EventId, number>> {
  const pools = await readPools(
    app.db,
    dates.map(({ eventId }) => eventId),
    app.clock.now(),
  );
  const free = new Map<EventId, number>();
  for (const { eventId, ticketTypeId } of dates) {
    const type = (await readEventSale(app, eventId))?.ticketTypes.find(({ id }) => id === ticketTypeId);
    const byId = new Map((pools.get(eventId) ?? []).map((pool) => [pool.id, pool]));
    free.set(eventId, type ? availableIn(type.poolIds.map((id) => byId.get(id))) : 0);
  }
  return free;
}

const showDate = ({
  eventId,
  title,
  slug,
  status,
  startsAt,
  endsAt,
  timeZone,
  venueName,
  city,
}: PassDate) => ({
  eventId,
  title,
  slug,
  status,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  timeZone,
  venueName,
  city,
});
