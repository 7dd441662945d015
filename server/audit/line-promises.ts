import { type Check, ofEvents } from './check.ts';

/** What must be true of the waitlists (docs/waitlist.md). */
export const lines: Check[] = [
  {
    name: 'a ledger counts its waitlist, and keeps places only for people who wait',
    sql: `
      select ledgers.event_id || ': ' || line || ' in line, but ' || coalesce(open, 0) || ' open entries; ' || coalesce(kept, 0)
        || ' places kept for ' || coalesce(waiting, 0) || ' who wait'
      from (select * from ledgers where ${ofEvents('ledgers')}) as ledgers
      left join (
        select event_id, count(*) as open, count(*) filter (where status = 'waiting') as waiting
        from waitlist_entries where status in ('waiting', 'offered') and ${ofEvents('waitlist_entries')} group by event_id
      ) as entries using (event_id)
      left join (
        select event_id, sum(kept) as kept from pools where ${ofEvents('pools')} group by event_id
      ) as pools using (event_id)
      where line <> coalesce(open, 0) or (coalesce(kept, 0) > 0 and coalesce(waiting, 0) = 0 and line_due_at is null)`,
  },
  {
    name: 'an offer of the waitlist is the hold of its entry',
    sql: `
      select entries.id || ' is ' || entries.status || ', its hold ' || coalesce(holds.status, 'missing')
      from (select * from waitlist_entries where ${ofEvents('waitlist_entries')}) as entries
      left join holds on holds.id = coalesce(entries.hold_id, 'hld_' || substr(entries.id, 5)) and holds.event_id = entries.event_id
      where not case entries.status
        when 'offered' then coalesce(holds.status = 'active' and holds.buyer_id = entries.user_id, false)
        when 'accepted' then coalesce(holds.status = 'confirmed', false)
        when 'declined' then coalesce(holds.status in ('released', 'forfeited'), false)
        when 'expired' then coalesce(holds.status in ('expired', 'confirmed', 'forfeited'), false)
        when 'ended' then coalesce(holds.status in ('released', 'forfeited'), true)
        else holds.id is null
      end`,
  },
];
