-- People up to told_up_to were told that it is nearly their turn, or that it has come. Of these, the people up to come_up_to were
-- looked at once more when they were let in, because nobody could tell some of them before (server/features/waiting-room/tell-turns.ts).
alter table waiting_rooms
  add column told_up_to bigint not null default 0,
  add column come_up_to bigint not null default 0;
