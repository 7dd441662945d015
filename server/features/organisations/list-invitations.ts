import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { declinedMs, showInvitation, showListed } from './invitation.ts';
import { listInvitationsOf, listInvitationsTo } from './invitation-store.ts';

/** Lists an organisation's invitations for its owners, newest first. */
export async function listInvitations(app: App, call: { params: { organisationId: OrganisationId } }) {
  const now = app.clock.now();
  const declinedAfter = new Date(now.getTime() - declinedMs);
  const rows = await listInvitationsOf(app.db, call.params.organisationId, declinedAfter);
  return { items: rows.map((row) => showListed(row, now)) };
}

/** Lists the invitations to the verified address of a person's account. */
export async function listInvitationsOfPerson(app: App, userId: UserId) {
  const now = app.clock.now();
  return (await listInvitationsTo(app.db, userId)).map((row) => showInvitation(row, now));
}
