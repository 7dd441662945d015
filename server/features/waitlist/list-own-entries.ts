import type { MyWaitlistEntry } from '../../../contract/waitlist.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { listEntries } from './list-entries.ts';

/** Lists the caller's entries in all waitlists, each with its event. */
export async function listOwnEntries(
  app: App,
  { caller }: { caller: Pick<Caller, 'userId'> },
): Promise<{ items: MyWaitlistEntry[] }> {
  const { items } = await listEntries(app, caller.userId);
  const ids = [...new Set(items.map(({ eventId }) => eventId))];
  const events = new Map(
    await Promise.all(ids.map(async (id) => [id, await readEventSale(app, id)] as const)),
  );
  return {
    items: items.flatMap((entry) => {
      const event = events.get(entry.eventId);
      if (!event) return [];
      const { slug, title, startsAt, timeZone, ticketTypes } = event;
      const type = ticketTypes.find(({ id }) => id === entry.ticketTypeId);
      return {
        ...entry,
        ticketTypeName: type?.name ?? '',
        event: { slug, title, startsAt: startsAt.toISOString(), timeZone },
      };
    }),
  };
}
