-- Some organisers want to know who comes: then an order must name one person for each place.
alter table events add column asks_attendee_names boolean not null default false;
