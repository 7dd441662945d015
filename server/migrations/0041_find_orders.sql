-- An organiser finds an order by its number, by the address or the name of its buyer, or by the name of an attendee. A sink
-- writes the words of an order after the sale (find-orders-sink.ts), so a purchase does not wait for them.
create table order_words (
  order_id text collate "C" primary key,
  event_id text collate "C" not null,
  -- Each lexeme is the organisation, a slash and a word (order-words.ts).
  words tsvector not null,
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
);
create index order_words_by_word on order_words using gin (words);
