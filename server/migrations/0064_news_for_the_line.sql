-- People who wait for places hear of a move too. The job tells them after the orders, in the order of the line: this is the
-- number of the last entry whose mail is enqueued. Null: the job is still telling the orders.
alter table move_tellings add column told_place bigint;

-- The newest move that somebody knows of: the buyer of an order, or whoever has an entry in the waitlist.
alter table told_moves rename column order_id to reader_id;
