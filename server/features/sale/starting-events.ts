/**
 * Reads the table of catalog, as everything in sale does: an event's dates are terms of its sale.
 */
import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

const selectStarting = `
  select id from events where status = 'published' and starts_at > $1 and starts_at <= $2 order by starts_at, id`;

/** Finds the published events that begin after `from` and no later than `until`. */
export const findStartingEvents = async (db: Queryable, from: Date, until: Date): Promise<EventId[]> =>
  (await db.query<{ id: EventId }>(selectStarting, [from, until])).map(({ id }) => id);
