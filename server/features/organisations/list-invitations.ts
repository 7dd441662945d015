import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { declinedMs, showInvitation, showListed } from './invitation.ts';
import { listInvitationsOf, listInvitationsTo } from './invitation-store.ts';

/** What the owners of an organisation have sent and what is still to come of it, the newest first. */
export async function listInvitations(app: App, call: { params: { organisationId: OrganisationId } }) {
  const now = app.clock.now();
  const declinedAfter = new Date(now.getTime() - declinedMs);
  const rows = await listInvitationsOf(app.db, call.params.organisationId, declinedAfter);
  return { items: rows.map((row) => showListed(row, now)) };
}

/** The invitations that a person got at the verified address of their account. */
export async function listInvitationsOfPerson(app: App, userId: UserId) {
  const now = app.clock.now();
  return (await listInvitationsTo(app.db, userId)).map((row) => showInvitation(row, now));
}
