-- The public page and the look of an organisation (docs/branding.md), and the sites that may show its widget (docs/widget.md). An
-- organisation without a row has a plain page, and any site may show its widget.
create table organisation_pages (
  organisation_id text collate "C" primary key references organisations (id) on delete cascade,
  version integer not null check (version > 1),
  -- Plain text.
  about text not null check (length(about) <= 2000),
  -- [{ "label", "url" }]
  links jsonb not null check (jsonb_typeof(links) = 'array'),
  -- As the organiser gave it. Pages show it darker or lighter where it could not be read.
  color text check (color ~ '^#[0-9a-f]{6}$'),
  -- An uploaded picture of the organisation.
  logo_url text,
  -- Origins as browsers send them. Empty means that any site may.
  embed_origins text[] not null check (cardinality(embed_origins) <= 20),
  updated_at timestamptz not null
);
