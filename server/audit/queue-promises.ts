import { type Check, ofEvents } from './check.ts';

/** What must be true of the queues of waiting rooms (docs/waiting-room.md). */
export const queues: Check[] = [
  {
    // The clocks of processes may differ by two seconds, so an end may seem to come as much later than it did.
    name: 'nobody is let in ahead of somebody who waits in the same queue',
    sql: `
      select id || ' with position ' || position || ' was let in at ' || admitted_at || ', and somebody ahead waited until ' || last
      from (
        select id, position, admitted_at, max(coalesce(admitted_at, ended_at, 'infinity')) over (
          partition by event_id order by position rows between unbounded preceding and 1 preceding) as last
        from queue_places where position is not null and ${ofEvents('queue_places')}
      ) as line
      where admitted_at is not null and last > admitted_at + interval '2 seconds'`,
  },
  {
    name: 'a person has one open place in a queue',
    sql: `
      select user_id || ' has ' || count(*) || ' in ' || event_id
      from queue_entries where status <> 'ended' and user_id is not null and ${ofEvents('queue_entries')}
      group by event_id, user_id having count(*) > 1`,
  },
  {
    name: 'a waiting room counts those who wait, and its positions have no gap',
    sql: `
      select rooms.event_id || ': ' || waiting || ' counted, ' || coalesce(present.waits, 0) || ' wait; positions to '
        || next_position - 1 || ', ' || coalesce(present.placed, 0) || ' given, the last one ' || coalesce(present.last, 0)
      from (select * from waiting_rooms where ${ofEvents('waiting_rooms')}) as rooms
      left join (
        select event_id, count(*) filter (where status = 'waiting') as waits, count(position) as placed, max(position) as last
        from queue_places where ${ofEvents('queue_places')} group by event_id
      ) as present using (event_id)
      where rooms.waiting <> coalesce(present.waits, 0)
        or phase <> 'closed' and (phase <> 'ended' or drawn_at is not null or drawn = 0) and (next_position - 1 <> coalesce(present.placed, 0)
          or next_position - 1 <> coalesce(present.last, 0))`,
  },
  {
    name: 'the seed of a draw is the one that was promised, and everybody in the list was drawn',
    sql: `
      select rooms.event_id || ': ' || drawn || ' drawn, ' || coalesce(list.entries, 0) || ' in the list, '
        || coalesce(list.first, 0) || ' of them first'
      from (select * from waiting_rooms where drawn_at is not null and ${ofEvents('waiting_rooms')}) as rooms
      left join (
        select queue_places.event_id, count(*) filter (where in_draw) as entries,
          count(*) filter (where in_draw and position <= drawn) as first
        from queue_places join waiting_rooms on waiting_rooms.event_id = queue_places.event_id
        where ${ofEvents('queue_places')} group by queue_places.event_id
      ) as list using (event_id)
      where drawn <> coalesce(list.entries, 0) or drawn <> coalesce(list.first, 0)
        or commitment <> encode(sha256(convert_to(
          E'admit-draw-1\\ncommitment\\n' || rooms.event_id || E'\\n' || seed, 'UTF8')), 'hex')`,
  },
];
