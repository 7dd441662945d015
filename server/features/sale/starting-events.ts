/**
 * Reads the table of catalog, as everything in sale does: an event's dates are terms of its sale.
 */
import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

/** A reminder of an event, so many hours before its start. */
export interface Reminder {
  eventId: EventId;
  hoursAhead: number;
}

// No event has a reminder more than 720 hours ahead, so the index of starts finds the few events that matter.
const selectDue = `
  select id as "eventId", min(hours) as "hoursAhead"
  from events, unnest(reminder_hours) as hours
  where status = 'published' and starts_at > $1 and starts_at <= $1 + interval '720 hours'
    and starts_at <= $1 + hours * interval '1 hour'
  group by id order by id`;

/**
 * Finds the published events that have not begun and whose people should have been reminded by now, each with its latest
 * reminder. An event that is published three hours before its start has one reminder that is due, and not one for each time
 * that has passed.
 */
export const findDueReminders = (db: Queryable, now: Date): Promise<Reminder[]> => db.query(selectDue, [now]);
