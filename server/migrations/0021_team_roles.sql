-- Three more roles, and memberships for named events only. What a role may do is in contract/team-roles.ts; members with one
-- of the first three roles keep it, for all events.
--
-- event_ids is null for all events. An owner has all events. An array, because a membership is always read whole, by its
-- primary key, and cached; a deleted event leaves its id behind, which gives access to nothing.
alter table members
  drop constraint members_role_check,
  add constraint members_role_check check (role in ('owner', 'manager', 'finance', 'support', 'door', 'read-only')),
  add column event_ids text[] collate "C",
  add constraint members_event_ids_check
    check (event_ids is null or (role <> 'owner' and cardinality(event_ids) between 1 and 200));
alter table invitations
  drop constraint invitations_role_check,
  add constraint invitations_role_check check (role in ('owner', 'manager', 'finance', 'support', 'door', 'read-only')),
  add column event_ids text[] collate "C",
  add constraint invitations_event_ids_check
    check (event_ids is null or (role <> 'owner' and cardinality(event_ids) between 1 and 200));
