-- A gate's manifest names cancelled tickets, too, so that a gate without a network refuses them. This index contains only
-- cancelled tickets: issuing and admitting a ticket writes nothing to it, and both still update one row within its page.
create index tickets_cancelled_of_event on tickets (event_id) where cancelled_at is not null;
