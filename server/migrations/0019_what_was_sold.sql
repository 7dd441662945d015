-- Freezes what was sold. Before, orders and tickets read seat names, refund policy and start from the present event, so an
-- organiser's edit changed what people had bought. docs/orders.md says what is frozen and what follows the event.

-- A line of a hold or an order has the price parts of one place, which add up to unitMinor, and the names of its seats from
-- the seat map that the buyer chose from, in the order of `seats`:
-- [{ ticketTypeId, name, quantity, unitMinor, parts: { netMinor, taxMinor, feeMinor }, pools: [id], seats?: [index],
--    seatNames?: [{ section, row, seat }], seatMapId?, promo? }].
create temporary table seat_names_before on commit drop as
  select event_id, row_number() over (partition by event_id order by sections.n, seat_rows.n, labels.n)::int - 1 as index,
    section ->> 'name' as section_name, seat_row ->> 'label' as row_name, label
  from seat_maps
  cross join jsonb_array_elements(layout -> 'sections') with ordinality as sections (section, n)
  cross join jsonb_array_elements(section -> 'rows') with ordinality as seat_rows (seat_row, n)
  cross join jsonb_array_elements_text(seat_row -> 'labels') with ordinality as labels (label, n);
create index on seat_names_before (event_id, index);
create function freeze_lines(event text, sold jsonb) returns jsonb language sql stable as $$
  select jsonb_agg(
    line || jsonb_build_object('parts', jsonb_build_object('netMinor', line -> 'unitMinor', 'taxMinor', 0, 'feeMinor', 0))
      || case when line ? 'seats' then jsonb_build_object('seatMapId', 'map_' || substr(event, 5), 'seatNames', (
        select jsonb_agg(jsonb_build_object('section', section_name, 'row', row_name, 'seat', label) order by chosen.n)
        from jsonb_array_elements_text(line -> 'seats') with ordinality as chosen (index, n)
        join seat_names_before named on named.event_id = event and named.index = chosen.index::int)) else '{}' end
    order by lines.n)
  from jsonb_array_elements(sold) with ordinality as lines (line, n)
$$;
update holds set lines = freeze_lines(event_id, lines);
update orders set lines = freeze_lines(event_id, lines);
drop function freeze_lines;

-- { title, startsAt, endsAt, timeZone, venueName, address, city, refundPolicy: { kind, hoursBefore, feePercent } } of
-- the event at the time of the order.
alter table orders add column sold_as jsonb;
update orders set sold_as = jsonb_build_object(
  'title', title, 'startsAt', to_char(starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'endsAt', to_char(ends_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'timeZone', time_zone,
  'venueName', venue_name, 'address', venue_address, 'city', city,
  'refundPolicy', jsonb_build_object('kind', refund_kind, 'hoursBefore', refund_hours_before, 'feePercent', refund_fee_percent))
from events where events.id = orders.event_id;
alter table orders alter column sold_as set not null;

-- Each ticket has its own names and its own share of the price, so that it can be shown, refunded and transferred without
-- its order.
alter table tickets
  add column ticket_type_name text,
  add column seat_section text,
  add column seat_row text,
  add column seat_label text,
  add column net_minor integer check (net_minor >= 0),
  add column tax_minor integer check (tax_minor >= 0),
  add column fee_minor integer check (fee_minor >= 0);
update tickets set ticket_type_name = place.line ->> 'name', seat_section = place.name ->> 'section',
  seat_row = place.name ->> 'row', seat_label = place.name ->> 'seat', net_minor = (place.line ->> 'unitMinor')::int,
  tax_minor = 0, fee_minor = 0
from (
  select orders.id, orders.event_id, line, line -> 'seatNames' -> (n - 1) as name,
    row_number() over (partition by orders.id, orders.event_id order by line_number, n) - 1 as position
  from orders
  cross join jsonb_array_elements(lines) with ordinality as lines (line, line_number)
  cross join generate_series(1, (line ->> 'quantity')::int) as n
) as place
where place.id = tickets.order_id and place.event_id = tickets.event_id and place.position = tickets.position;
alter table tickets
  alter column ticket_type_name set not null,
  alter column net_minor set not null,
  alter column tax_minor set not null,
  alter column fee_minor set not null,
  add constraint tickets_name_their_seat check ((seat_index is null) = (seat_label is null)
    and (seat_label is null) = (seat_section is null) and (seat_label is null) = (seat_row is null));

-- Each version of an event's seat map is a row of its own, which never changes. Before, an edit replaced the only row, so
-- the seat indexes in a hold or on a page pointed into another map.
alter table seat_maps
  add column id text collate "C",
  add column version integer not null default 1,
  -- The index of each seat within the event, in the order of the layout; null if seat i has the index i. A seat that an
  -- earlier version has keeps its index. A new seat gets the next unused index.
  add column seat_indexes integer[],
  -- All indexes that the event has ever used are below this number.
  add column index_count integer,
  add column created_at timestamptz not null default now(),
  -- Null for the current version.
  add column replaced_at timestamptz;
update seat_maps set id = 'map_' || substr(event_id, 5), index_count = seat_count;
alter table seat_maps
  alter column index_count set not null,
  alter column version drop default,
  alter column created_at drop default,
  drop column etag,
  drop constraint seat_maps_pkey,
  add primary key (id, event_id),
  add unique (event_id, version),
  add check (index_count >= seat_count),
  add check (seat_indexes is null or cardinality(seat_indexes) = seat_count);
create unique index seat_maps_in_force on seat_maps (event_id) where replaced_at is null;
