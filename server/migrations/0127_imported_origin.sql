-- An imported order was bought elsewhere. Nobody paid for it here, so the books have nothing of it.
alter table orders drop constraint orders_origin_check;
alter table orders add constraint orders_origin_check
  check (origin in ('online', 'complimentary', 'box_office', 'pass', 'imported'));
alter table orders add constraint imported_is_free check (origin <> 'imported' or total_minor = 0);
