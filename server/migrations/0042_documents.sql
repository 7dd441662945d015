-- Receipts, invoices and credit notes. docs/invoices.md has the rules.

-- Who sells, as documents name the seller: { legalName, line1, line2, postcode, city, country, vatId, registration, taxNote,
-- numberPrefix } or null.
alter table organisations add column seller jsonb
  check (seller ?& '{legalName,line1,line2,postcode,city,country,vatId,registration,taxNote,numberPrefix}');

-- Whom the next invoice names: { name, line1, line2, postcode, city, country, vatId, reference } or null.
alter table orders add column invoice_address jsonb
  check (invoice_address ?& '{name,line1,line2,postcode,city,country,vatId,reference}');

-- The last number of each organisation. The transaction that issues documents locks the row and takes the next numbers, so a
-- number exists if and only if its document was committed: there are no gaps. `issued_at` never goes back.
create table document_counters (
  organisation_id text collate "C" primary key references organisations (id),
  last integer not null check (last > 0),
  issued_at timestamptz not null
);

create table documents (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  number integer not null check (number > 0),
  -- The number with the prefix that the organisation had when the document was issued.
  number_text text not null,
  kind text not null check (kind in ('receipt', 'invoice', 'credit_note')),
  -- The receipt or invoice that a credit note takes back, in part or as a whole.
  corrects text collate "C" references documents (id),
  -- The movement of the money ledger that a credit note is for; null if it corrects the buyer's address.
  transfer_id text collate "C",
  -- Credit notes have positive amounts too.
  total_minor amount_minor not null,
  tax_minor amount_minor not null,
  currency text not null,
  -- Everything that the PDF shows. The PDF is drawn from this alone.
  content jsonb not null,
  issued_at timestamptz not null,
  unique (organisation_id, number),
  foreign key (order_id, event_id) references orders (id, event_id),
  check ((kind = 'credit_note') = (corrects is not null)),
  check (kind = 'credit_note' or transfer_id is null),
  check (tax_minor <= total_minor)
);
create index documents_of_order on documents (order_id, number);
create index documents_corrected on documents (corrects) where corrects is not null;
-- A movement of money has one credit note.
create unique index documents_of_transfer on documents (transfer_id) where transfer_id is not null;

-- An issued document never changes. Only the deletion of old records may delete it, as with the money ledger (0030).
create function documents_are_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('admit.retention', true) = 'on' then
    return null;
  end if;
  raise exception 'issued documents are never changed or deleted' using errcode = 'check_violation';
end $$;
create trigger documents_append_only before update or delete or truncate on documents
  for each statement execute function documents_are_append_only();
