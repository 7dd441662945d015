-- Most orders are placed by their buyers. The team of an event also gives tickets away: such an order is complimentary
-- (docs/complimentary.md). Figures, exports and searches tell them apart, so the order says how it came about.
alter table orders add column origin text not null default 'online' check (origin in ('online', 'complimentary'));

-- Nobody pays for a complimentary order.
alter table orders add constraint complimentary_is_free check (origin <> 'complimentary' or total_minor = 0);
