import type { PublicCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';

const insertSql = `
  insert into event_cancellations (event_id, reason, refund, cancelled_at) values ($1, $2, $3, $4)`;

export const insertEventCancellation = (
  trx: Writes,
  eventId: EventId,
  { reason, refund }: Pick<PublicCancellation, 'reason' | 'refund'>,
  now: Date,
): void => trx.write(insertSql, [eventId, reason, refund, now]);
