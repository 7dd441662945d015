-- Pictures that organisers upload for covers (docs/pictures.md). The files are in FILES_DIR, below pictures/<id>/.
create table pictures (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  -- Of the uploaded bytes: the same file is the same picture.
  sha256 bytea not null check (length(sha256) = 32),
  width int not null check (width > 0),
  height int not null check (height > 0),
  created_at timestamptz not null,
  unique (organisation_id, sha256)
);

-- What the cover shows, for those who do not see it. Empty: it is decoration.
alter table events add column cover_alt text not null default '' check (length(cover_alt) <= 200);
