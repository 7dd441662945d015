-- People up to this position were told that it is nearly their turn, or that it has come (server/features/waiting-room/tell-turns.ts).
alter table waiting_rooms add column told_up_to bigint not null default 0;
