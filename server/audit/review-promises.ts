import { type Check, ofEvents } from './check.ts';

export const reviews: Check[] = [
  {
    // After a decision a job refunds, so a refund may still be under way for a while.
    name: 'an order that was looked at is confirmed or refunded, and never both',
    settled: true,
    sql: `
      select review.order_id || ': ' || review.decision || ', ' || count(tickets.id) filter (where tickets.status = 'valid')
        || ' valid tickets, ' || count(tickets.id) filter (where tickets.held_until is not null) || ' held'
      from order_reviews as review
      join tickets on tickets.order_id = review.order_id and tickets.event_id = review.event_id and tickets.status <> 'cancelled'
      where ${ofEvents('review')} and review.decision in ('confirmed', 'refunded')
        and review.decided_at < $3::timestamptz - interval '1 hour'
      group by review.order_id, review.decision
      having count(*) filter (where
        (review.decision = 'refunded' and tickets.status = 'valid')
        or (review.decision = 'confirmed' and tickets.held_until is not null)) > 0`,
  },
  {
    name: 'a valid ticket is held only while its order waits for its score or its review',
    settled: true,
    sql: `
      select tickets.id || ' is held until ' || held_until
      from tickets
      where ${ofEvents('tickets')} and held_until is not null and tickets.status = 'valid'
        and held_until < $3::timestamptz - interval '1 hour'`,
  },
];
