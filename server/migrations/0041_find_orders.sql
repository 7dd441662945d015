-- An organiser finds an order by its number, by the address or the name of its buyer, or by the name of an attendee. Each row
-- is a word of one order. A sink writes the words after the sale (find-orders-sink.ts), so a purchase does not wait for them.
create table order_words (
  organisation_id text collate "C" not null,
  -- Folded (order-words.ts), at most 64 letters. Collation "C" makes a prefix a range of the primary key.
  word text collate "C" not null,
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  primary key (organisation_id, word, order_id),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
);
create index order_words_of_order on order_words (order_id, word);
