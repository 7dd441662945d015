import type { GapCode } from '../../../contract/event-preparation.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

/** What a team decided about an event that no buyer reads. It is apart from the event, so that a page of the sale does not read it. */
export interface PreparationRow {
  /** Null while the sale was not stopped. */
  stopped_at: Date | null;
  /** When the sale would end if it had not been stopped. */
  sale_ends_at: Date | null;
  publish_at: Date | null;
  failed_at: Date | null;
  gaps: GapCode[] | null;
}

const selectSql = `
  select stopped_at, sale_stops.sale_ends_at, scheduled.at as publish_at, scheduled.failed_at, scheduled.gaps
  from (select $1::text as event_id) as asked
    left join sale_stops on sale_stops.event_id = asked.event_id
    left join scheduled_publications scheduled on scheduled.event_id = asked.event_id`;

export const selectPreparation = async (db: Queryable, eventId: EventId): Promise<PreparationRow> =>
  (await db.query<PreparationRow>(selectSql, [eventId]))[0] as PreparationRow;

const stopSql = `insert into sale_stops (event_id, stopped_at, sale_ends_at) values ($1, $2, $3)`;
export const insertStop = (
  trx: Transaction,
  eventId: EventId,
  { stoppedAt, saleEndsAt }: { stoppedAt: Date; saleEndsAt: Date | null },
): Promise<number> => trx.run(stopSql, [eventId, stoppedAt, saleEndsAt]);

const changeStopSql = `update sale_stops set sale_ends_at = $2 where event_id = $1`;
/** Notes another end of sale for the time when the sale goes on. */
export const changeStop = (trx: Transaction, eventId: EventId, saleEndsAt: Date | null): Promise<number> =>
  trx.run(changeStopSql, [eventId, saleEndsAt]);

const resumeSql = `delete from sale_stops where event_id = $1`;
export const deleteStop = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(resumeSql, [eventId]);

const scheduleSql = `
  insert into scheduled_publications (event_id, at) values ($1, $2)
  on conflict (event_id) do update set at = excluded.at, failed_at = null, gaps = '{}'`;
export const putSchedule = (trx: Transaction, eventId: EventId, at: Date): Promise<number> =>
  trx.run(scheduleSql, [eventId, at]);

const failSql = `update scheduled_publications set failed_at = $2, gaps = $3 where event_id = $1`;
export const failSchedule = (
  trx: Transaction,
  eventId: EventId,
  failedAt: Date,
  gaps: GapCode[],
): Promise<number> => trx.run(failSql, [eventId, failedAt, gaps]);

const unscheduleSql = `delete from scheduled_publications where event_id = $1`;
export const deleteSchedule = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(unscheduleSql, [eventId]);
