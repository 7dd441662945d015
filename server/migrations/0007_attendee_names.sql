-- An organiser may ask for the names of guests. Then an order must name one person for each place.
alter table events add column asks_attendee_names boolean not null default false;
