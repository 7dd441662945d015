import type { EventId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { EventMove } from './moves.ts';

const insertSql = `
  insert into event_moves (event_id, version, was, refund_until, moved_at) values ($1, $2, $3, $4, $5)`;

export const insertMove = (
  trx: Writes,
  eventId: EventId,
  { version, was, refundUntil, movedAt }: EventMove,
): void => trx.write(insertSql, [eventId, version, JSON.stringify(was), refundUntil, movedAt]);

const listSql = `
  select version, was, refund_until as "refundUntil", moved_at as "movedAt"
  from event_moves where event_id = $1 order by version`;

export const selectMoves = (db: Queryable, eventId: EventId): Promise<EventMove[]> =>
  db.query<EventMove>(listSql, [eventId]);
