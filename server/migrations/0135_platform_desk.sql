-- Admins find accounts, organisations and events by parts of their names (docs/admin.md).
create index users_by_name on users using gin (lower(name) gin_trgm_ops) where deleted_at is null and not is_anonymous;
create index organisations_by_name on organisations using gin (lower(name) gin_trgm_ops);
create index events_by_title on events using gin (lower(title) gin_trgm_ops);
-- Addresses are compared in the collation of the database, where a beginning is no range of the unique index.
create index users_by_address on users (email text_pattern_ops) where deleted_at is null and not is_anonymous;
create index users_suspended on users (id) where suspended_at is not null;
create index users_admins on users (id) where role = 'admin';
create index events_removed on events (id) where removed_at is not null;
