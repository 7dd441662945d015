/** The table of catalog tells whether an event still exists: one statement checks that and writes. */
import type { EventId } from '../../../contract/ids.ts';
import type { Db, Queryable, Reads } from '../../data/db.ts';
import type { OrderSource, Visit } from './visits.ts';

/** Where a visit or an order came from; empty if unknown. */
export interface StoredOrigin {
  link: string;
  country: string;
  device: string;
}

// An event that was deleted meanwhile gets no rows. Reads a table of catalog for that. The rows of a day are written in one order,
// so that two processes do not deadlock.
const insertSql = `
  with given as materialized (
    select visit.* from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[])
      as visit (event_id, at, kind, link, country, device)
    where exists (select from events where id = event_id)
  ), kept as (
    insert into visits (event_id, at, kind, link, country, device) select * from given
  )
  insert into visit_days (event_id, day, kind, link, country, device, count)
  select event_id, (at at time zone 'utc')::date, kind, link, country, device, count(*) from given
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (event_id, day, kind, link, country, device) do update set count = visit_days.count + excluded.count`;

// The first origin of an order stays, whoever sends the order again.
const sourcesSql = `
  insert into order_sources (order_id, event_id, link, country, device)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
  on conflict do nothing`;

/** Writes visits and origins of orders in one transaction. */
export const insertVisits = (db: Db, visits: Visit[], orders: OrderSource[]): Promise<void> =>
  db.writeAll((writes) => {
    if (visits.length > 0)
      writes.write(insertSql, [
        visits.map(({ eventId }) => eventId),
        visits.map(({ at }) => at),
        visits.map(({ kind }) => kind),
        visits.map(({ link }) => link),
        visits.map(({ country }) => country),
        visits.map(({ device }) => device),
      ]);
    if (orders.length > 0)
      writes.write(sourcesSql, [
        orders.map(({ orderId }) => orderId),
        orders.map(({ eventId }) => eventId),
        orders.map(({ link }) => link),
        orders.map(({ country }) => country),
        orders.map(({ device }) => device),
      ]);
  });

// The days already have the count.
const forgetSql = `
  delete from visits where ctid = any(array(select ctid from visits where at < $1 limit 10000))`;

/** Deletes a portion of the single visits from before this instant. */
export const deleteVisits = (db: Queryable, before: Date): Promise<number> => db.run(forgetSql, [before]);

const sumSql = `
  select kind, link, country, device, sum(count) as count from visit_days
  where event_id = $1 and kind <> 'check-in' group by kind, link, country, device`;

export interface VisitSum extends StoredOrigin {
  kind: 'view' | 'click';
  count: number;
}

export const sumVisits = (db: Reads, eventId: EventId): Promise<VisitSum[]> =>
  db.query<VisitSum>(sumSql, [eventId]);
