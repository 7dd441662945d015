-- What a ticket type may cost besides its one price (docs/prices.md): earlier prices that end by time or number, prices for
-- groups, and prices that buyers name. Most types have none of them, and their columns are null, so that a hold of such a
-- type costs nothing new. Each price is stored as the organiser wrote it (listMinor) and with tax and booking fee
-- (wholeMinor), as `list_minor` and `price_minor` are.
alter table ticket_types
  add column min_per_order integer not null default 1 check (min_per_order > 0),
  -- [{ id, name, listMinor, wholeMinor, until, places, poolId }], the first step first. The pool counts the tickets that are
  -- held and sold at the step, so the ledger's lock and the pool's constraint limit them.
  add column price_steps jsonb,
  -- [{ from, listMinor, wholeMinor }], the smallest group first.
  add column group_prices jsonb,
  -- { leastMinor, wholeMinor }: the lowest price that a buyer may name.
  add column pay_what_you_want jsonb,
  add constraint one_kind_of_price check (num_nonnulls(price_steps, group_prices, pay_what_you_want) <= 1);

-- True if a ticket type has price steps, so that a list computes the present price of these events alone.
alter table events add column has_price_steps boolean not null default false;

-- The lowest price at which a ticket of a type can be had at an instant (sale/present-price.ts has the same rule). A step
-- ends by time without any job, so a list asks for the price when it is read.
create function present_price(of_event text, price_minor integer, steps jsonb, pay_what_you_want jsonb, at timestamptz)
returns integer stable language sql as $$
  select coalesce((pay_what_you_want->>'wholeMinor')::integer, (
    select (step->>'wholeMinor')::integer
    from jsonb_array_elements(steps) with ordinality as listed (step, n)
    where (step->>'until' is null or (step->>'until')::timestamptz > at)
      and (step->>'places' is null or exists (
        select from pools where event_id = of_event and id = step->>'poolId' and held + sold < capacity))
    order by n limit 1), price_minor)
$$;

-- The same of an event, without types that only a code opens (0105) and without extras (0107).
create function present_price_from(of_event text, at timestamptz) returns integer stable language plpgsql as $$
begin
  return (
    select min(present_price(event_id, price_minor, price_steps, pay_what_you_want, at))
    from ticket_types where event_id = of_event and not hidden and product_id is null);
end
$$;
