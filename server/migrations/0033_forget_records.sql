-- Records of sales are deleted when their legal time is over (docs/operations.md). PostgreSQL then looks for rows that
-- still reference each deleted row, and needs an index for that.
--
-- BRIN, because payments are stored in the order of their orders' ids, and inserts pay almost nothing for it.
create index payments_by_order on payments using brin (order_id);
-- Has only cancelled tickets, so that selling and admitting do not touch it.
create index tickets_of_cancellation on tickets (cancellation_id) where cancellation_id is not null;

-- These two keys repeat others: an order references its hold and a ticket its order, both with the same event_id, and a
-- hold references the event's ledger. Without them a sale checks fewer keys, and deleting an event does not read all
-- orders and tickets.
alter table orders drop constraint orders_event_id_fkey;
alter table tickets drop constraint tickets_event_id_fkey;
