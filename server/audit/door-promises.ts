import { type Check, ofEvents } from './check.ts';

/** What the door promises: each right once, and every scan is explained. */
export const door: Check[] = [
  {
    name: 'a ticket is used if something that counts was scanned with it, and its row says what',
    sql: `
      select coalesce(tickets.id, movements.ticket_id) || ': ' || coalesce(status, 'no ticket') || ', visit ' || coalesce(tickets.visit, 0)
        || ', scanned ' || coalesce(uses, 0) || ' times, last visit ' || coalesce(last, 0)
      from (select event_id, id, status, visit, is_inside, inside_checkpoint, inside_day from tickets where ${ofEvents('tickets')}) as tickets
      full join (
        select event_id, ticket_id, count(*) filter (where kind <> 'exit') as uses,
          max(visit) filter (where kind = 'entry' and checkpoint_id is null) as last
        from check_ins where void = 0 and ${ofEvents('check_ins')} group by event_id, ticket_id
      ) as movements on movements.event_id = tickets.event_id and movements.ticket_id = tickets.id
      where status is null or (coalesce(uses, 0) > 0) <> (status = 'used') or tickets.visit <> coalesce(last, 0)
        or is_inside and not exists (
          select from check_ins where check_ins.ticket_id = tickets.id and check_ins.event_id = tickets.event_id and void = 0 and kind = 'entry'
            and checkpoint_id is not distinct from inside_checkpoint and day is not distinct from inside_day)`,
  },
  {
    // Rules may change during an event. A door without rules of its own never had any.
    name: 'the door counts visits without a gap, and one for each ticket unless the event has other rules',
    sql: `
      select ticket_id || ' at ' || coalesce(checkpoint_id, 'the entrance') || ': ' || count(*) || ' of kind ' || kind || ', last ' || max(visit)
      from check_ins where void = 0 and kind <> 'exit' and ${ofEvents('check_ins')}
      group by event_id, ticket_id, checkpoint_id, day, kind
      having max(visit) <> count(*)
        or count(*) > 1 and not exists (select from door_settings where door_settings.event_id = check_ins.event_id)`,
  },
  {
    name: 'each scan that does not count was taken back or is in a conflict that says why',
    sql: `
      select check_ins.id || ' is void ' || void || ', ' || coalesce('in conflict: ' || code, 'in no conflict')
        || case when cleared_at is null then '' else ', cleared' end
      from (select * from check_ins where ${ofEvents('check_ins')}) as check_ins
      left join door_conflicts on door_conflicts.check_in_id = check_ins.id and door_conflicts.event_id = check_ins.event_id
      where void > 0 and undone_at is null and (code is null or cleared_at is not null)
        or void = 0 and code in ('double', 'not_inside', 'link_ended') and cleared_at is null`,
  },
];
