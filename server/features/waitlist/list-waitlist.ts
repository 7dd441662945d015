import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readAddresses } from '../accounts/read-addresses.ts';
import { readEntriesOfEvent } from '../inventory/read-line.ts';
import { showEntry } from './show-entry.ts';

interface ListCall {
  params: { eventId: EventId };
  query: { status: 'open' | 'all'; cursor?: number | undefined; limit: number };
}

/** Lists the waitlist of an event for its team, in the order of the line. */
export async function listWaitlist(app: App, { params, query }: ListCall) {
  const { status, cursor = 0, limit } = query;
  const rows = await readEntriesOfEvent(app, {
    eventId: params.eventId,
    after: cursor,
    all: status === 'all',
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const people = await readAddresses(
    app.db,
    page.map((row) => row.user_id),
  );
  const now = app.clock.now();
  return {
    items: page.map((row) => {
      const { offer, ...entry } = showEntry(row, now);
      const person = people.get(row.user_id);
      return {
        ...entry,
        offerExpiresAt: offer?.expiresAt ?? null,
        name: person?.name ?? '',
        email: row.email ?? person?.email ?? '',
      };
    }),
    nextCursor: rows.length > limit ? (page.at(-1)?.place ?? null) : null,
  };
}
