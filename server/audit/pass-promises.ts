import { type Check, ofEvents } from './check.ts';

/** What a pass promises (docs/passes.md): each date that is ahead has a place for each pass. The events are the dates. */
export const passes: Check[] = [
  {
    name: 'each date that is ahead has a place for each pass',
    sql: `
      select pass_id || ' on ' || event_id || ': ' || coalesce(kept, 0) || ' kept and ' || coalesce(taken, 0) || ' taken of ' || capacity
      from (
        select pass_dates.pass_id, pass_dates.event_id, pass_dates.hold_id, pools.capacity from pass_dates
        join passes on passes.event_id = pass_id and changing_to is null
        join pools on pools.event_id = pass_id and pools.key = 'pass'
        join events on events.id = pass_dates.event_id and events.ends_at > coalesce($3::timestamptz, now()) and events.status <> 'cancelled'
        where ${ofEvents('pass_dates')}
          and not exists (select from event_cancellations where event_cancellations.event_id in (pass_id, pass_dates.event_id))
      ) as dates
      left join lateral (
        select (lines->0->>'quantity')::int as kept, (lines->0->'keptFor'->>'taken')::int as taken
        from holds where holds.id = dates.hold_id and holds.event_id = dates.event_id and status = 'blocked'
      ) as held on true
      where coalesce(kept, 0) + coalesce(taken, 0) < capacity`,
  },
  {
    name: 'a pass keeps account of the tickets that it brought',
    sql: `
      select keeper.id || ': ' || (keeper.lines->0->'keptFor'->>'taken') || ' taken, but orders have ' || coalesce(brought.places, 0)
      from (
        select * from holds where ${ofEvents('holds')} and status = 'blocked' and lines->0 ? 'keptFor'
      ) as keeper
      left join (
        select event_id, lines->0->'ofPass'->>'keptBy' as hold_id, sum(places - returned) as places
        from holds where ${ofEvents('holds')} and status = 'confirmed' and lines->0 ? 'ofPass' group by 1, 2
      ) as brought on brought.hold_id = keeper.id and brought.event_id = keeper.event_id
      where (keeper.lines->0->'keptFor'->>'taken')::int <> coalesce(brought.places, 0)
        and not exists (select from event_cancellations where event_cancellations.event_id = keeper.event_id)`,
  },
];
