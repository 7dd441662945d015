-- A webhook's body is kept as the bytes that were signed. jsonb refuses some of them (an escaped NUL, half of a surrogate
-- pair, deep nesting), so that the provider was answered with an error, and so were all webhooks recorded with it.
alter table webhook_events alter column payload type bytea using convert_to(payload::text, 'UTF8');
