-- An organiser finds an order by its number, by the address or the name of its buyer, or by the name of an attendee. Each row
-- is a word of one order. A sink writes the words after the sale (find-orders-sink.ts), so a purchase does not wait for them.
create table order_words (
  organisation_id text collate "C" not null,
  -- Folded as search_text does it, at most 64 letters. Collation "C" makes a prefix a range of the primary key.
  word text collate "C" not null,
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  primary key (organisation_id, word, order_id),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
);
create index order_words_of_order on order_words (order_id, word);

-- The words by which an order is found: its number, the whole address and the words of its local part, and the words of the
-- names. A name is also one word without spaces. Nothing of an erased buyer.
create function order_words_of(number text, email text, names text[]) returns setof text
  language sql immutable parallel safe rows 12
  begin atomic
    select left(word, 64) from (
      select lower(number) as word
      union select search_text(email)
      union select token from search_tokens(split_part(email, '@', 1)) where kind <> 'symbols'
      union select token from unnest(names) as name, search_tokens(name) where kind <> 'symbols'
      union select (select string_agg(token, '' order by piece) from search_tokens(name) where kind = 'word') from unnest(names) as name
    ) as words
    where word <> '';
  end;

-- The words that a person typed. A text with @ is the beginning of an address and stays as it is.
create function order_terms(typed text) returns setof text
  language sql immutable parallel safe rows 4
  begin atomic
    select distinct left(token, 64) from regexp_split_to_table(typed, '\s+') as chunk, lateral (
      select search_text(chunk) as token where chunk like '%@%'
      union all select token from search_tokens(chunk) where chunk not like '%@%' and kind = 'word'
    ) as cut
    where token <> '';
  end;

insert into order_words (organisation_id, word, order_id, event_id)
select distinct events.organisation_id, word, orders.id, orders.event_id
from orders join events on events.id = orders.event_id
cross join lateral order_words_of(right(orders.id, 8), buyer_email,
  array[buyer_name] || coalesce((select array_agg(attendee ->> 'name') from jsonb_array_elements(attendees) as attendee), '{}')) as word
where orders.status <> 'pending' and buyer_email <> 'erased@deleted.invalid';
